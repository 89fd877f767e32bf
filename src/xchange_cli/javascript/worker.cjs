// A Node.js process that runs an author's code for one run. It speaks with its parent in frames, four bytes of length
// and JSON, over stdin and stdout, which the code cannot reach. The first frame brings what makes programs
// (programs.js), each further one a call; answers to `fetch` come in between. Calls follow one another.
"use strict";
const { writeSync } = require("fs");
const { Script } = require("vm");
const { Writable } = require("stream");
const { promisify } = require("util");

const { stringify, parse } = JSON;
const { ownKeys, getOwnPropertyDescriptor, defineProperty, deleteProperty } = Reflect;
const { stdin } = process;
const leave = process.reallyExit.bind(process, 1);
const activeResources = process.getActiveResourcesInfo.bind(process);
const native = { fetch, setTimeout, setInterval, setImmediate, clearTimeout, clearImmediate, Request, Response };
const MOST_PROGRAMS = 64;
const AUTHOR_FILE = "code.js";
Error.stackTraceLimit = 50;

let programs;
let logger;
let call; // what is being run: {timers, fetches, outcome}

// --- frames

function send(text) {
  const size = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(size + 4);
  frame.writeUInt32LE(size);
  frame.write(text, 4);
  try {
    for (let at = 0; at < frame.length; ) at += writeSync(1, frame, at);
  } catch {
    leave();
  }
}

const chunks = [];
let received = 0;

function take(size) {
  const all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  chunks.length = 0;
  if (all.length > size) chunks.push(all.subarray(size));
  received = all.length - size;
  return all.subarray(0, size);
}

let expected = -1;

function receive(chunk) {
  chunks.push(chunk);
  received += chunk.length;
  for (;;) {
    if (expected < 0) {
      if (received < 4) return;
      expected = take(4).readUInt32LE();
    }
    if (received < expected) return;
    const frame = parse(take(expected).toString());
    expected = -1;
    handle(frame);
  }
}

function handle(frame) {
  if (frame.programs !== undefined) prepare(frame.programs);
  else if (frame.answers !== undefined) answer(frame);
  else start(frame);
}

// --- programs

// Modules that touch neither files nor processes nor the network.
const MODULES = new Set(
  `assert assert/strict async_hooks buffer console constants crypto diagnostics_channel events os path path/posix
  path/win32 perf_hooks process punycode querystring stream stream/consumers stream/promises stream/web string_decoder
  timers timers/promises url util util/types zlib`.split(/\s+/),
);
const NETWORK = new Set("dgram dns dns/promises http http2 https inspector net tls".split(" "));

function refusal(name) {
  const own = name.replace(/^node:/, "");
  if (NETWORK.has(own)) return "network modules are not available in local runs; use fetch";
  if (require("module").builtinModules.includes(own)) {
    return "code has no files, processes or threads in local runs";
  }
  if (/.@[^/]/.test(name)) return "npm packages come from a CDN on the hosted platform and are not available in local runs";
  return "there is no such module; code can require modules of Node.js only";
}

function allowed(name) {
  const own = String(name).replace(/^node:/, "");
  if (MODULES.has(own)) return `node:${own}`;
  throw Object.assign(new Error(`${stringify(String(name))} is refused: ${refusal(String(name))}`), {
    code: "ERR_ACCESS_DENIED",
  });
}

function requireForCode(name) {
  return require(allowed(name));
}

function evaluate(text) {
  const importModuleDynamically = async (name) => import(allowed(name));
  return new Script(text, { filename: AUTHOR_FILE, importModuleDynamically }).runInThisContext();
}

function evaluateScript(text) {
  return (0, eval)(`${text}\n//# sourceURL=${AUTHOR_FILE}`);
}

const compiled = new Map();

function compile({ driver, sources }) {
  const key = stringify([driver, sources]);
  let program = compiled.get(key);
  if (program === undefined) {
    program = programs.program(driver, sources, logger);
    compiled.set(key, program);
    if (compiled.size > MOST_PROGRAMS) compiled.delete(compiled.keys().next().value);
  }
  return program;
}

// --- calls

function start(frame) {
  const own = { timers: new Map(), fetches: new Map(), outcome: undefined };
  call = own;
  stdin.unref();
  programs.blame("");
  let program;
  try {
    program = compile(frame);
  } catch (error) {
    return fail(own, error, error instanceof SyntaxError ? "syntax-error" : undefined);
  }
  try {
    const result = program(...revived(frame.arguments, frame.bytes));
    if (typeof result?.then === "function") Promise.resolve(result).then(succeed.bind(null, own), fail.bind(null, own));
    else succeed(own, result);
  } catch (error) {
    fail(own, error);
  }
}

// Bytes come beside the arguments, which have {"__xchange_bytes": position} in their place.
function revived(value, bytes) {
  if (bytes.length === 0 || typeof value !== "object" || value === null) return value;
  const position = value.__xchange_bytes;
  if (typeof position === "number") return Buffer.from(bytes[position], "base64");
  for (const key of ownKeys(value)) if (key !== "length") value[key] = revived(value[key], bytes);
  return value;
}

function asBytes(value) {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : undefined;
}

function succeed(own, value) {
  try {
    const whole = asBytes(value);
    const member = whole ?? asBytes(value?.data);
    const kept = whole ? null : member ? { ...value, data: null } : value;
    const bytes = member ? { in: whole ? "" : "data", base64: member.toString("base64") } : undefined;
    settle(own, `{"value":${stringify(kept) ?? "null"},"bytes":${stringify(bytes) ?? "null"}}`);
  } catch (error) {
    fail(own, programs.refusedValue(programs.described(error).message));
  }
}

function fail(own, error, kind) {
  const failure = programs.described(error);
  settle(own, stringify({ error: { ...failure, kind: kind ?? failure.kind, blamed: programs.blamed() } }));
}

// What was not awaited but has nothing to wait for ends before the call does.
function settle(own, outcome) {
  if (own !== call || own.outcome !== undefined) return;
  own.outcome = outcome;
  native.setImmediate(finish, own);
}

function finish(own) {
  for (const [timer, clear] of own.timers) clear(timer);
  call = undefined;
  const isTidy = tidy() && activeResources().every((name) => name === "PipeWrap" || name === "Immediate");
  stdin.ref();
  send(`{"outcome":${own.outcome},"reusable":${isTidy}}`);
}

// Nothing is left that could go on, and the call has not ended.
function starve() {
  if (call !== undefined && call.outcome === undefined) settle(call, "null");
}

function crash(error) {
  if (call !== undefined) fail(call, error);
}

const listeners = [
  ["beforeExit", starve],
  ["uncaughtException", crash],
  ["unhandledRejection", crash],
];
let ownGlobals;

// Takes away what the call did to the global object and to the process.
function tidy() {
  process.removeAllListeners();
  for (const [name, listener] of listeners) process.on(name, listener);
  defineProperty(process, "env", { value: {}, writable: true, configurable: true });
  for (const name of ownKeys(globalThis)) if (!ownGlobals.has(name)) deleteProperty(globalThis, name);
  for (const [name, before] of ownGlobals) {
    const now = getOwnPropertyDescriptor(globalThis, name);
    const isSame = now !== undefined && now.value === before.value && now.get === before.get;
    if (!isSame && !defineProperty(globalThis, name, before)) return false;
  }
  return ownKeys(globalThis).length === ownGlobals.size;
}

// --- what code sees

// Timers that are left when a call ends are cleared.
function keepTimer(name, clear, repeats) {
  const start = native[name];
  const wrapped = (callback, ...rest) => {
    if (call === undefined || typeof callback !== "function") return start(callback, ...rest);
    const { timers } = call;
    const once = (...values) => {
      timers.delete(timer);
      return callback(...values);
    };
    const timer = start(repeats ? callback : once, ...rest);
    timers.set(timer, clear);
    return timer;
  };
  defineProperty(wrapped, "name", { value: name });
  if (promisify.custom in start) wrapped[promisify.custom] = start[promisify.custom];
  globalThis[name] = wrapped;
}

let lastFetch = 0;

// Asks the parent to make the exchange, so that its rules for what may be sent hold.
async function fetchByParent(resource, options) {
  const site = {};
  Error.captureStackTrace(site, fetchByParent);
  const request = new native.Request(resource, options);
  const own = call;
  const { protocol, hash } = new URL(request.url);
  if (protocol === "data:" || protocol === "blob:") return native.fetch(request);
  if (own === undefined) throw new TypeError("fetch failed");
  request.signal.throwIfAborted();
  const body = request.body === null ? "" : Buffer.from(await request.arrayBuffer()).toString("base64");
  const headers = [...request.headers];
  const url = hash ? request.url.slice(0, -hash.length) : request.url;
  const id = (lastFetch += 1);
  return new Promise((resolve, reject) => {
    const settled = (act) => (value) => {
      if (own.fetches.delete(id) && own.fetches.size === 0 && own === call) stdin.unref();
      act(value);
    };
    own.fetches.set(id, { resolve: settled(resolve), reject: settled(reject), site, url, redirect: request.redirect });
    stdin.ref();
    request.signal.addEventListener("abort", () => settled(reject)(request.signal.reason), { once: true });
    send(stringify({ fetch: { id, method: request.method, url, headers, body, redirect: request.redirect, stack: site.stack } }));
  });
}
defineProperty(fetchByParent, "name", { value: "fetch" });

function answer({ answers, failure, response }) {
  const waiting = call?.fetches.get(answers);
  if (waiting === undefined) return;
  try {
    if (failure !== undefined) throw Object.assign(new Error(failure.message), { code: failure.code });
    if (waiting.redirect === "error" && response.status >= 300 && response.status < 400 && response.status !== 304) {
      throw new Error("unexpected redirect");
    }
    waiting.resolve(responseOf(response, waiting.url));
  } catch (cause) {
    const error = new TypeError("fetch failed", { cause });
    error.stack = `TypeError: fetch failed\n${waiting.site.stack.split("\n").slice(1).join("\n")}`;
    waiting.reject(error);
  }
}

function responseOf({ status, reason, headers, url, body }, asked) {
  const hasBody = ![101, 103, 204, 205, 304].includes(status);
  const statusText = /^[\t -~\x80-\xff]*$/.test(reason) ? reason : "";
  const made = new native.Response(hasBody ? Buffer.from(body, "base64") : null, { status, statusText });
  for (const [name, value] of headers) {
    try {
      made.headers.append(name, value);
    } catch {
      // A header that is none is dropped.
    }
  }
  return describedAs(made, { url, redirected: url !== asked, type: "basic" });
}

function describedAs(response, facts) {
  for (const [name, value] of Object.entries(facts)) defineProperty(response, name, { value, configurable: true });
  const { clone } = response;
  return defineProperty(response, "clone", { value: () => describedAs(clone.call(response), facts), configurable: true }) && response;
}

function refused(what) {
  return () => {
    throw Object.assign(new Error(`${what} is refused in local runs`), { code: "ERR_ACCESS_DENIED" });
  };
}

function exit(name) {
  return (code) => {
    const error = new Error(`process.${name}(${code ?? ""}) was called; code ends by returning`);
    if (call !== undefined) fail(call, error);
    throw error;
  };
}

function stream(level) {
  return new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      logger[level](String(chunk).replace(/\n$/, ""));
      done();
    },
  });
}

// Code sees the real process, but for what reaches beyond the call.
function harden() {
  const REFUSED = `_debugEnd _debugProcess _getActiveHandles _getActiveRequests _kill _linkedBinding _rawDebug
    _startProfilerIdleNotifier _stopProfilerIdleNotifier binding chdir dlopen execve initgroups kill loadEnvFile
    openStdin setegid seteuid setgid setgroups setuid setUncaughtExceptionCaptureCallback`;
  for (const name of REFUSED.split(/\s+/)) {
    if (name in process) defineProperty(process, name, { value: refused(`process.${name}`) });
  }
  const value = {
    abort: exit("abort"), exit: exit("exit"), reallyExit: exit("exit"), getBuiltinModule: requireForCode,
    argv: ["node"], argv0: "node", execArgv: [], execPath: "node", stdin: null, stdout: stream("info"),
    stderr: stream("error"), mainModule: undefined, report: undefined, permission: undefined, channel: undefined,
    cwd: () => "/",
  };
  for (const name of Object.keys(value)) defineProperty(process, name, { value: value[name] });
  for (const name of ["WebSocket", "EventSource", "Worker"]) deleteProperty(globalThis, name);
  const net = require("net");
  net.Socket.prototype.connect = refused("a connection of one's own");
  net.Server.prototype.listen = refused("listening");
  for (const name of ["bind", "connect", "listen", "open"]) {
    defineProperty(Object.getPrototypeOf(stdin._handle), name, { value: refused("a connection of one's own") });
  }
  hideMachine(require("os"));
  delete require("crypto").setEngine;
  Object.assign(require("async_hooks"), { executionAsyncResource: () => ({}), createHook: refused("createHook") });
  require("module").syncBuiltinESMExports();
}

function hideMachine(os) {
  const user = { username: "user", uid: 1000, gid: 1000, shell: null, homedir: "/" };
  const shown = { hostname: "localhost", homedir: "/", tmpdir: "/tmp", networkInterfaces: {}, userInfo: user };
  for (const [name, value] of Object.entries(shown)) os[name] = () => value;
  os.setPriority = refused("os.setPriority");
}

function prepare(source) {
  programs = new Script(source, { filename: "programs.js" }).runInThisContext()({
    evaluate,
    evaluateScript,
    scope: { require: requireForCode, __filename: "/code.js", __dirname: "/" },
  });
  logger = programs.loggerTo((level, line) => {
    if (call !== undefined) send(stringify({ log: [level, line] }));
  });
  harden();
  keepTimer("setTimeout", native.clearTimeout, false);
  keepTimer("setInterval", native.clearTimeout, true);
  keepTimer("setImmediate", native.clearImmediate, false);
  globalThis.fetch = fetchByParent;
  globalThis.require = requireForCode;
  Object.assign(globalThis.console, programs.consoleOf(logger));
  for (const name of ["group", "groupCollapsed", "assert", "count", "time", "timeEnd", "timeLog", "dirxml"]) {
    globalThis.console[name] = logger.info;
  }
  ownGlobals = new Map(ownKeys(globalThis).map((name) => [name, getOwnPropertyDescriptor(globalThis, name)]));
  tidy();
}

stdin.on("data", receive);
stdin.on("end", leave);
stdin.on("error", leave);
