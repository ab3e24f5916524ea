// Answers one JSON object {"expr":…,"data":…,"bindings":…} a line with what jsonata-js says, in the form of `hub eval --lines`.
// The first argument is the folder in which the npm package jsonata is installed.
'use strict';
const path = require('path');
const readline = require('readline');
const jsonata = require(path.join(path.resolve(process.argv[2]), 'node_modules', 'jsonata'));

// Random expressions can loop or grow: these are jsonata-js's own guards (milliseconds, calls, elements).
const guards = { timeout: 1000, stack: 500, sequence: 100000 };

async function answer(line) {
  const request = JSON.parse(line);
  try {
    const result = await jsonata(request.expr, guards).evaluate(request.data, request.bindings);
    if (result === undefined) return { undefined: true };
    if (typeof result === 'function' || result._jsonata_lambda || result._jsonata_function) return { function: true };
    return { result: result };
  } catch (error) {
    return { error: error.code || 'none', position: error.position, token: error.token, message: error.message };
  }
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let text;
    try {
      text = JSON.stringify(await answer(line));
    } catch (error) {
      text = JSON.stringify({ error: 'none', message: String(error) });
    }
    process.stdout.write(text + '\n');
  }
})();
