// Evaluated first in every engine: compiles the author's code, calls it, and keeps its log lines and its outcome
// until they are fetched. It leaves one function to the host, `command(name, text)`, and nothing to the code
// but `console` and `global`. Names that begin with __xchange_ tell our stack frames from the author's.
(function () {
  "use strict";
  const { parse, stringify } = JSON;
  const { apply, ownKeys, deleteProperty } = Reflect;
  const { join } = Array.prototype;
  const { slice } = String.prototype;
  const { Promise } = globalThis;
  const { then } = Promise.prototype;
  const { fromEntries, entries, keys } = Object;
  const evaluate = globalThis.eval;
  // Spares memory only: who shows a line cuts it much shorter, after its secrets are taken out.
  const MOST_KEPT_OF_LINE = 65536;

  let program;
  let logs = [];
  let outcome;
  let blamed = "";

  class Refusal extends Error {
    constructor(kind, message) {
      super(message);
      this.kind = kind;
    }
  }

  function text(value) {
    if (typeof value === "string") return value;
    if (typeof value === "function") return `[function ${value.name}]`;
    if (value instanceof Error) return `${value.name}: ${value.message}`;
    if (typeof value !== "object" || value === null) return String(value);
    try {
      return stringify(value) ?? String(value);
    } catch {
      return "[an object that JSON cannot hold]";
    }
  }

  function writer(level) {
    return (...values) => {
      let line = "";
      for (let index = 0; index < values.length; index += 1) line += (index ? " " : "") + text(values[index]);
      logs[logs.length] = `["${level}",${stringify(apply(slice, line, [0, MOST_KEPT_OF_LINE]))}]`;
    };
  }

  const logger = fromEntries(
    ["trace", "debug", "info", "warn", "error", "fatal", "metric"].map((level) => [level, writer(level)]),
  );
  globalThis.console = { ...logger, log: logger.info, dir: logger.info, table: logger.info };
  globalThis.global = globalThis;
  const ownGlobals = ownKeys(globalThis);
  const isOwnGlobal = { __proto__: null, ...fromEntries(ownGlobals.map((name) => [name, true])) };

  // Without memory for an error object, the engine throws null, and now and then a value that was never set.
  function isLost(error) {
    const isOther = !["object", "function", "string"].includes(typeof error);
    return error === null || (isOther && String(error) === "[uninitialized]");
  }

  function described(error) {
    try {
      if (error instanceof Refusal) return { kind: error.kind, message: error.message, stack: "" };
      if (isLost(error)) return { kind: "out-of-memory", message: "null", stack: "" };
      if (!(error instanceof Error)) {
        const message = typeof error === "string" && error !== "" ? error : `${stringify(error) ?? text(error)} was thrown`;
        return { kind: "javascript-error", message, stack: "" };
      }
      const exhausted = error instanceof InternalError && error.message === "out of memory";
      const cause = error.cause === undefined ? "" : ` (cause: ${text(error.cause)})`;
      const kind = exhausted ? "out-of-memory" : "javascript-error";
      return { kind, message: text(error) + cause, stack: String(error.stack) };
    } catch {
      return { kind: "javascript-error", message: "an error that cannot be shown was thrown", stack: "" };
    }
  }

  function fail(error) {
    outcome = stringify({ __proto__: null, error: { __proto__: null, ...described(error), blamed } });
  }

  function succeed(value) {
    try {
      outcome = stringify({ __proto__: null, value });
    } catch (error) {
      const { kind, message } = described(error);
      if (kind === "out-of-memory") return fail(error);
      fail(new Refusal("not-json", `the returned value cannot be written as JSON: ${message}`));
    }
  }

  function entryOf(exported) {
    if (typeof exported === "function") return exported;
    const isObject = typeof exported === "object" && exported !== null;
    if (isObject && typeof exported.default === "function") return exported.default;
    const names = isObject ? keys(exported) : [];
    const found =
      isObject && names.length === 0
        ? "the code exports nothing"
        : `the code exports ${names.length ? `an object with ${names.join(", ")}` : text(exported)}`;
    throw new Refusal("no-function", `${found}; it must set module.exports to a function`);
  }

  function moduleProgram(code) {
    const factory = evaluate(`(function (exports, module) {\n${code}\n})`);
    return function __xchange_module(context, stepResults) {
      const module = { exports: {} };
      factory.call(module.exports, module.exports, module);
      const entry = entryOf(module.exports);
      return entry({ ...context, logger: { ...logger } }, stepResults);
    };
  }

  // An expression is read as such; a script that ends with one (statements before it) gives that value.
  function functionMaker(source) {
    const expression = source.replace(/[\s;]+$/, "");
    try {
      return evaluate(`(() => (\n${expression}\n))`);
    } catch (refusal) {
      try {
        evaluate(`(() => {\n${expression}\n})`);
      } catch {
        throw refusal;
      }
      return () => evaluate(`\n${expression}`);
    }
  }

  function functionsProgram(driver, sources) {
    const drive = evaluate(`(${driver})`);
    const makers = entries(sources).map(([key, source]) => {
      blamed = key;
      return [key, functionMaker(source)];
    });
    return function __xchange_functions(...values) {
      const functions = makers.map(([key, make]) => {
        blamed = key;
        const called = make();
        if (typeof called !== "function") {
          throw new Refusal("no-function", `a JavaScript function is needed; the code gives ${text(called)}`);
        }
        return function __xchange_call(...given) {
          blamed = key;
          return called(...given);
        };
      });
      return drive(...functions, ...values);
    };
  }

  function load(given) {
    const { driver, sources } = parse(given);
    blamed = "";
    try {
      program = driver === "" ? moduleProgram(sources.code) : functionsProgram(driver, sources);
      return "";
    } catch (error) {
      const failure = described(error);
      const kind = error instanceof SyntaxError ? "syntax-error" : failure.kind;
      return stringify({ ...failure, kind, blamed });
    }
  }

  function start(given) {
    logs = [];
    outcome = undefined;
    blamed = "";
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
})();
