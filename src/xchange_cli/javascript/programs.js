// What every engine does with an author's code: makes programs of it and says what went wrong. An engine gives
// `evaluate(text)`, `evaluateScript(text)` for a text that may have declarations of its own and be evaluated again,
// and `scope`: what a module sees besides `exports` and `module`.
// Author's code is compiled one line below a line of ours. Names that begin with __xchange_ tell our stack frames.
(function (engine) {
  "use strict";
  const { evaluate, evaluateScript, scope } = engine;
  const { apply } = Reflect;
  const { stringify } = JSON;
  const { slice } = String.prototype;
  const { fromEntries, entries, keys, values } = Object;
  // Spares memory only: who shows a line cuts it much shorter, after its secrets are taken out.
  const MOST_KEPT_OF_LINE = 65536;
  const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "metric"];

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

  // `write` gets a level and a line.
  function loggerTo(write) {
    const writer = (level) => (...given) => {
      let line = "";
      for (let index = 0; index < given.length; index += 1) line += (index ? " " : "") + text(given[index]);
      write(level, apply(slice, line, [0, MOST_KEPT_OF_LINE]));
    };
    return fromEntries(LEVELS.map((level) => [level, writer(level)]));
  }

  function consoleOf(logger) {
    return { ...logger, log: logger.info, dir: logger.info, table: logger.info };
  }

  function described(error) {
    try {
      if (error instanceof Refusal) return { kind: error.kind, message: error.message, stack: "" };
      if (!(error instanceof Error)) {
        const message = typeof error === "string" && error !== "" ? error : `${stringify(error) ?? text(error)} was thrown`;
        return { kind: "javascript-error", message, stack: "" };
      }
      const cause = error.cause === undefined ? "" : ` (cause: ${text(error.cause)})`;
      return { kind: "javascript-error", message: text(error) + cause, stack: `${error.stack}` };
    } catch {
      return { kind: "javascript-error", message: "an error that cannot be shown was thrown", stack: "" };
    }
  }

  function refusedValue(message) {
    return new Refusal("not-json", `the returned value cannot be written as JSON: ${message}`);
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

  function moduleProgram(code, logger) {
    const factory = evaluate(`(function (${["exports", "module", ...keys(scope)].join(", ")}) {\n${code}\n})`);
    return function __xchange_module(context, stepResults) {
      const module = { exports: {} };
      factory.call(module.exports, module.exports, module, ...values(scope));
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
      return () => evaluateScript(`\n${expression}`);
    }
  }

  function functionsProgram(driver, sources) {
    const drive = evaluate(`(${driver})`);
    const makers = entries(sources).map(([key, source]) => {
      blamed = key;
      return [key, functionMaker(source)];
    });
    return function __xchange_functions(...given) {
      const functions = makers.map(([key, make]) => {
        blamed = key;
        const called = make();
        if (typeof called !== "function") {
          throw new Refusal("no-function", `a JavaScript function is needed; the code gives ${text(called)}`);
        }
        return function __xchange_call(...inner) {
          blamed = key;
          return called(...inner);
        };
      });
      return drive(...functions, ...given);
    };
  }

  function program(driver, sources, logger) {
    return driver === "" ? moduleProgram(sources.code, logger) : functionsProgram(driver, sources);
  }

  return {
    consoleOf,
    described,
    loggerTo,
    program,
    refusedValue,
    Refusal,
    blame: (key) => (blamed = key),
    blamed: () => blamed,
  };
})
