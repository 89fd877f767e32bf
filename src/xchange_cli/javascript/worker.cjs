// A Node.js process that runs an author's code for one run. It speaks with its parent in frames, four bytes of length
// and JSON, over stdin and stdout, which the code cannot reach. The first frame brings what makes programs
// (programs.js) and what bounds them (enclosure.js), each further one a call; answers to `fetch` come in between.
// Calls follow one another. Code can change every built-in object: frames are written of primitive values only.
"use strict";
const { writeSync } = require("fs");
const { Script } = require("vm");
const { Writable } = require("stream");
const { promisify } = require("util");

const { Buffer } = require("buffer");
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
let enclosure;
let logger;
let call; // what is being run: {timers, fetches, outcome}

// --- frames

function quoted(value) {
  return stringify(`${value}`);
}

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
  if (frame.programs !== undefined) prepare(frame);
  else if (frame.answers !== undefined) answer(frame);
  else start(frame);
}

// --- programs

function evaluate(text, filename = AUTHOR_FILE) {
  const importModuleDynamically = (name) => enclosure.importModule(name);
  return new Script(text, { filename, importModuleDynamically }).runInThisContext();
}

// An `eval` of this file would let its text import with Node's own loader, as this file may.
const evaluateGlobally = evaluate("((evaluated) => (text) => evaluated(text))(eval)", "evaluate.js");

function evaluateScript(text) {
  return evaluateGlobally(`${text}\n//# sourceURL=${AUTHOR_FILE}`);
}

const compiled = new Map();

function compile(text) {
  let program = compiled.get(text);
  if (program === undefined) {
    const { driver, sources } = parse(text);
    program = programs.program(driver, sources, logger);
    compiled.set(text, program);
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
    program = compile(frame.program);
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
    const bytes = member && `{"in":"${whole ? "" : "data"}","base64":${quoted(member.toString("base64"))}}`;
    settle(own, `{"value":${stringify(kept) ?? "null"},"bytes":${bytes ?? "null"}}`);
  } catch (error) {
    fail(own, programs.refusedValue(programs.described(error).message));
  }
}

function fail(own, error, known) {
  const { kind, message, stack } = programs.described(error);
  const told = `"kind":${quoted(known ?? kind)},"message":${quoted(message)},"stack":${quoted(stack)}`;
  settle(own, `{"error":{${told},"blamed":${quoted(programs.blamed())}}}`);
}

// What was not awaited but has nothing to wait for ends before the call does.
function settle(own, outcome) {
  if (own !== call || own.outcome !== undefined) return;
  own.outcome = outcome;
  native.setImmediate(finish, own);
}

function finish(own) {
  call = undefined;
  let isTidy = false;
  try {
    for (const [timer, clear] of own.timers) clear(timer);
    isTidy = tidy() && activeResources().every((name) => name === "PipeWrap" || name === "Immediate");
  } catch {
    // Code changed what tidying needs: the process is not used again.
  }
  stdin.ref();
  send(`{"outcome":${own.outcome},"reusable":${isTidy === true}}`);
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
  const stack = `${site.stack}`;
  const request = new native.Request(resource, options);
  const own = call;
  const { protocol, hash } = new URL(request.url);
  if (protocol === "data:" || protocol === "blob:") return native.fetch(request);
  if (own === undefined) throw new TypeError("fetch failed");
  request.signal.throwIfAborted();
  const body = request.body === null ? "" : Buffer.from(await request.arrayBuffer()).toString("base64");
  let headers = "";
  for (const [name, value] of request.headers) headers += `${headers && ","}[${quoted(name)},${quoted(value)}]`;
  const url = hash ? request.url.slice(0, -hash.length) : request.url;
  const told = `"method":${quoted(request.method)},"url":${quoted(url)},"headers":[${headers}],"body":${quoted(body)}`;
  const asked = `${told},"redirect":${quoted(request.redirect)},"stack":${quoted(stack)}`;
  const id = (lastFetch += 1);
  return new Promise((resolve, reject) => {
    const settled = (act) => (value) => {
      if (own.fetches.delete(id) && own.fetches.size === 0 && own === call) stdin.unref();
      act(value);
    };
    own.fetches.set(id, { resolve: settled(resolve), reject: settled(reject), stack, url, redirect: request.redirect });
    stdin.ref();
    request.signal.addEventListener("abort", () => settled(reject)(request.signal.reason), { once: true });
    send(`{"fetch":{"id":${id},${asked}}}`);
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
    error.stack = `TypeError: fetch failed\n${waiting.stack.split("\n").slice(1).join("\n")}`;
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

function prepare(given) {
  const evaluated = (name) => new Script(given[name], { filename: `${name}.js` }).runInThisContext();
  enclosure = evaluated("enclosure")(require, stdin);
  const { load } = enclosure;
  programs = evaluated("programs")({
    evaluate,
    evaluateScript,
    scope: { require: load, __filename: "/code.js", __dirname: "/" },
  });
  logger = programs.loggerTo((level, line) => {
    if (call !== undefined) send(`{"log":[${quoted(level)},${quoted(line)}]}`);
  });
  const [abort, leaving, reallyExit] = [exit("abort"), exit("exit"), exit("exit")];
  enclosure.close({ abort, exit: leaving, reallyExit, stdout: stream("info"), stderr: stream("error") });
  keepTimer("setTimeout", native.clearTimeout, false);
  keepTimer("setInterval", native.clearTimeout, true);
  keepTimer("setImmediate", native.clearImmediate, false);
  globalThis.fetch = fetchByParent;
  globalThis.require = load;
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
