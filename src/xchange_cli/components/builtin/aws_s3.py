"""Amazon S3: objects, buckets, uploads in parts, links, and what happens to a bucket."""

from xchange_cli.components.aws import s3_buckets as aws_s3_buckets
from xchange_cli.components.aws import s3_events as aws_s3_events
from xchange_cli.components.aws import s3_objects as aws_s3_objects
from xchange_cli.components.aws import s3_streams as aws_s3_streams
from xchange_cli.components.aws import s3_uploads as aws_s3_uploads
from xchange_cli.components.aws.errors import explained
from xchange_cli.components.spec import Implementation

_PARTS = (aws_s3_objects, aws_s3_buckets, aws_s3_uploads, aws_s3_streams, aws_s3_events)

COMPONENT = Implementation(
    actions={key: explained(key, perform) for part in _PARTS for key, perform in part.ACTIONS.items()},
    examples=tuple(example for part in _PARTS for example in part.EXAMPLES),
)
