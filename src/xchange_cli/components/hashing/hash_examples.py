"""Worked examples of hashes; the digests of "abc" are those that their standards publish."""

from typing import Final

from xchange_cli.components.spec import Example

EXAMPLES: Final = (
    Example("computeHash", {"message": "abc", "hashFunction": "md5"}, "900150983cd24fb0d6963f7d28e17f72"),
    Example(
        "computeHash", {"message": "abc", "hashFunction": "crc32"}, None,
        error='hashFunction: the text "crc32" is not a hash function that is known here: blake2b512, ',
    ),
    Example(
        "computeHmac",
        {"message": "what do ya want for nothing?", "secretKey": "Jefe", "hashFunction": "sha256"},
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    ),
    Example(
        "hmacWebhookTrigger", {"hmacHeaderName": "X-Signature", "secretKey": "s3cret"}, None,
        error='the request has no header "X-Signature"',
    ),
    Example("computeBLAKE2b512", {"message": "abc"}, "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923"),
    Example("computeBLAKE2s256", {"message": "abc"}, "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"),
    Example("computeMD4", {"message": "abc"}, "a448017aaf21d8525fc10ae87aa6729d"),
    Example("computeMD5", {"message": "abc"}, "900150983cd24fb0d6963f7d28e17f72"),
    Example("computeMD5-SHA1", {"message": "abc"}, "900150983cd24fb0d6963f7d28e17f72a9993e364706816aba3e25717850c26c9cd0d89d"),
    Example("computeRIPEMD160", {"message": "abc"}, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
    Example("computeSHA1", {"message": "abc"}, "a9993e364706816aba3e25717850c26c9cd0d89d"),
    Example("computeSHA224", {"message": "abc"}, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
    Example("computeSHA256", {"message": "abc"}, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Example("computeSHA3-224", {"message": "abc"}, "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf"),
    Example("computeSHA3-256", {"message": "abc"}, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
    Example("computeSHA3-384", {"message": "abc"}, "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25"),
    Example("computeSHA3-512", {"message": "abc"}, "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0"),
    Example("computeSHA384", {"message": "abc"}, "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"),
    Example("computeSHA512-224", {"message": "abc"}, "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"),
    Example("computeSHA512-256", {"message": "abc"}, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
    Example("computeSHA512", {"message": "abc"}, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"),
    Example("computeSM3", {"message": "abc"}, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    Example("computewhirlpool", {"message": "abc"}, "4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d225292076d4eef5"),
)  # fmt: skip
