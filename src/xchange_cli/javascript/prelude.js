// Evaluated first in every QuickJS engine, with what makes programs (programs.js): compiles the author's code, calls
// it, and keeps its log lines and its outcome until they are fetched. It leaves one function to the host,
// `command(name, text)`, and nothing to the code but `console` and `global`.
(function (makePrograms) {
  "use strict";
  const { parse, stringify } = JSON;
  const { apply, ownKeys, deleteProperty } = Reflect;
  const { join } = Array.prototype;
  const { Promise } = globalThis;
  const { then } = Promise.prototype;
  const { fromEntries } = Object;
  const evaluate = globalThis.eval;
  const programs = makePrograms({ evaluate, evaluateScript: evaluate, scope: {} });

  let program;
  let logs = [];
  let outcome;

  const logger = programs.loggerTo((level, line) => {
    logs[logs.length] = `["${level}",${stringify(line)}]`;
  });
  globalThis.console = programs.consoleOf(logger);
  globalThis.global = globalThis;
  const ownGlobals = ownKeys(globalThis);
  const isOwnGlobal = { __proto__: null, ...fromEntries(ownGlobals.map((name) => [name, true])) };

  // Without memory for an error object, the engine throws null, and now and then a value that was never set.
  function isLost(error) {
    const isOther = !["object", "function", "string"].includes(typeof error);
    return error === null || (isOther && String(error) === "[uninitialized]");
  }

  function described(error) {
    if (isLost(error)) return { kind: "out-of-memory", message: "null", stack: "" };
    const failure = programs.described(error);
    const isExhausted = failure.message === "InternalError: out of memory";
    return isExhausted ? { ...failure, kind: "out-of-memory" } : failure;
  }

  function fail(error) {
    outcome = stringify({ __proto__: null, error: { __proto__: null, ...described(error), blamed: programs.blamed() } });
  }

  function succeed(value) {
    try {
      outcome = stringify({ __proto__: null, value });
    } catch (error) {
      const { kind, message } = described(error);
      fail(kind === "out-of-memory" ? error : programs.refusedValue(message));
    }
  }

  function load(given) {
    const { driver, sources } = parse(given);
    programs.blame("");
    try {
      program = programs.program(driver, sources, logger);
      return "";
    } catch (error) {
      const failure = described(error);
      const kind = error instanceof SyntaxError ? "syntax-error" : failure.kind;
      return stringify({ ...failure, kind, blamed: programs.blamed() });
    }
  }

  function start(given) {
    logs = [];
    outcome = undefined;
    programs.blame("");
    try {
      const result = program(...parse(given));
      if (result instanceof Promise) apply(then, result, [succeed, fail]);
      else if (typeof result?.then === "function") apply(then, Promise.resolve(result), [succeed, fail]);
      else succeed(result);
    } catch (error) {
      fail(error);
    }
    return "";
  }

  function tidied() {
    const present = ownKeys(globalThis);
    if (present.length === ownGlobals.length) return true;
    for (let index = 0; index < present.length; index += 1) {
      if (!isOwnGlobal[present[index]]) deleteProperty(globalThis, present[index]);
    }
    return ownKeys(globalThis).length === ownGlobals.length;
  }

  function written() {
    return apply(join, ["[", apply(join, logs, [","]), "]"], [""]);
  }

  // Joined, since the host cannot read the ropes that concatenation makes of long strings.
  function finish() {
    return apply(join, ['{"outcome":', outcome ?? "null", ',"logs":', written(), ',"reusable":', tidied(), "}"], [""]);
  }

  const commands = { load, start, finish, logs: written };
  return function __xchange_command(name, given) {
    return commands[name](given);
  };
})
