// What code in Node.js may reach: the modules that it may load, and the ways out that are closed. Code can change every
// built-in prototype, and can come by Node's own loader (a function of Node.js calls an `eval` that it is given). So
// what decides after the start uses nothing that code can change, and modules that are refused do nothing when loaded.
(function (require, stdin) {
  "use strict";
  const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const { keys } = Object;
  const { slice, startsWith } = String.prototype;
  const { stringify } = JSON;
  const { SyntheticModule } = require("vm");
  const { builtinModules, isBuiltin, syncBuiltinESMExports } = require("module");

  // Modules that touch neither files nor processes nor the network.
  const OPEN = `assert assert/strict async_hooks buffer console constants crypto diagnostics_channel events os path
    path/posix path/win32 perf_hooks process punycode querystring stream stream/consumers stream/promises stream/web
    string_decoder timers timers/promises url util util/types zlib`.split(/\s+/);
  const NETWORK = table("dgram dns dns/promises http http2 https inspector net tls".split(" "), () => true);
  // Refused by name, but without reach of their own; to load or to change them has effects on open ones.
  const LEFT = table("domain readline readline/promises repl sys test test/reporters vm".split(" "), () => true);
  const NEWER = ["sea", "sqlite", "test", "test/reporters"]; // have no name without `node:`
  const known = table([...builtinModules.map(unprefixed), ...NEWER], () => true);
  const opened = table(OPEN, (name) => require(`node:${name}`));
  const imported = { __proto__: null };

  function table(names, valueOf) {
    const made = { __proto__: null };
    for (const name of names) made[name] = valueOf(name);
    return made;
  }

  function unprefixed(name) {
    return apply(startsWith, name, ["node:"]) ? apply(slice, name, [5]) : name;
  }

  function refusal(name) {
    const own = unprefixed(name);
    if (NETWORK[own]) return "network modules are not available in local runs; use fetch";
    if (known[own]) return "code has no files, processes or threads in local runs";
    if (/.@[^/]/.test(name)) return "npm packages come from a CDN on the hosted platform and are not available in local runs";
    return "there is no such module; code can require modules of Node.js only";
  }

  function denial(message) {
    const error = new Error(message);
    defineProperty(error, "code", { value: "ERR_ACCESS_DENIED", writable: true, enumerable: true, configurable: true });
    return error;
  }

  function refused(what) {
    return function () {
      throw denial(`${what} is refused in local runs`);
    };
  }

  function load(given) {
    const name = `${given}`;
    const exported = opened[unprefixed(name)];
    if (exported === undefined) throw denial(`${stringify(name)} is refused: ${refusal(name)}`);
    return exported;
  }

  // Gives a module made of what is loaded already: Node's own import() would be led by what code made of URL.
  async function importModule(given) {
    const exported = load(given);
    const own = unprefixed(`${given}`);
    imported[own] ??= moduleOf(exported);
    return imported[own];
  }

  async function moduleOf(exported) {
    const names = keys(exported).filter((name) => name !== "default");
    const made = new SyntheticModule([...names, "default"], () => {
      for (const name of names) made.setExport(name, exported[name]);
      made.setExport("default", exported);
    });
    await made.link(() => {});
    await made.evaluate();
    return made;
  }

  function closeModule([name, exported]) {
    closeMembers(exported, name);
    if (name === "module") closeMembers(exported.prototype, name);
  }

  function closeMembers(holder, name) {
    for (const key of ownKeys(holder)) {
      const { value, get, configurable, writable } = getOwnPropertyDescriptor(holder, key);
      const isData = get === undefined && typeof value !== "function";
      const closed = isData ? undefined : refused(`${name}.${String(key)}`);
      if (configurable) defineProperty(holder, key, { value: closed, writable: false, configurable: false });
      else if (writable && key !== "prototype") holder[key] = closed;
    }
  }

  // Sockets that something of Node.js makes and code comes by, such as those of the dispatcher of fetch.
  function closeConnections() {
    const net = require("net");
    net.Socket.prototype.connect = refused("a connection of one's own");
    net.Server.prototype.listen = refused("listening");
    const bound = net._createServerHandle?.("127.0.0.1", 0, 4);
    for (const handle of [stdin._handle, bound]) {
      if (typeof handle === "object") closeHandles(getPrototypeOf(handle));
    }
    bound?.unref?.(); // it ends after the first call, which it must not seem to be a part of
    bound?.close?.();
  }

  function closeHandles(prototype) {
    for (const name of ["bind", "bind6", "connect", "connect6", "listen", "open"]) {
      defineProperty(prototype, name, { value: refused("a connection of one's own") });
    }
  }

  function closeProcess(ownValues) {
    const REFUSED = `_debugEnd _debugProcess _getActiveHandles _getActiveRequests _kill _linkedBinding _rawDebug
      _startProfilerIdleNotifier _stopProfilerIdleNotifier binding chdir dlopen execve initgroups kill loadEnvFile
      openStdin setegid seteuid setgid setgroups setuid setUncaughtExceptionCaptureCallback`;
    for (const name of REFUSED.split(/\s+/)) {
      if (name in process) defineProperty(process, name, { value: refused(`process.${name}`) });
    }
    const value = {
      getBuiltinModule: load, argv: ["node"], argv0: "node", execArgv: [], execPath: "node", stdin: null,
      mainModule: undefined, report: undefined, permission: undefined, channel: undefined, cwd: () => "/", ...ownValues,
    };
    for (const name of keys(value)) defineProperty(process, name, { value: value[name] });
  }

  function hideMachine(os) {
    const user = { username: "user", uid: 1000, gid: 1000, shell: null, homedir: "/" };
    const shown = { hostname: "localhost", homedir: "/", tmpdir: "/tmp", networkInterfaces: {}, userInfo: user };
    for (const name of keys(shown)) os[name] = () => shown[name];
    os.setPriority = refused("os.setPriority");
  }

  // Code sees the real process, but for what reaches beyond the call; `ownValues` are members to put into it.
  function close(ownValues) {
    closeConnections();
    closeProcess(ownValues);
    for (const name of ["WebSocket", "EventSource", "Worker"]) deleteProperty(globalThis, name);
    hideMachine(opened.os);
    delete opened.crypto.setEngine;
    Object.assign(opened.async_hooks, { executionAsyncResource: () => ({}), createHook: refused("createHook") });
    const isClosed = (name) => !opened[name] && !LEFT[name] && !name.startsWith("_stream_") && isBuiltin(`node:${name}`);
    const closed = keys(known).filter(isClosed).map((name) => [name, require(`node:${name}`)]);
    closed.forEach(closeModule); // once all are loaded, since they load one another
    syncBuiltinESMExports();
  }

  return { close, importModule, load };
})
