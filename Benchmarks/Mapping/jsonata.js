// A contestant outside the process: "run MILLISECONDS" is answered with "DOCUMENTS NANOSECONDS", "map INDEX" with the document.
// Text in, text out, as everywhere in the race.
const fs = require("fs"), readline = require("readline");
const [, , packages, expressionFile, documentsFile] = process.argv;
const jsonata = require(packages + "/node_modules/jsonata");
const expression = jsonata(fs.readFileSync(expressionFile, "utf8"));
const documents = fs.readFileSync(documentsFile, "utf8").trim().split("\n").map(line => Buffer.from(line));
const map = async bytes => Buffer.from(JSON.stringify(await expression.evaluate(JSON.parse(bytes.toString("utf8")))));

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [verb, argument] = line.split(" ");
    if (verb === "map") {
      console.log((await map(documents[+argument])).toString("utf8"));
      continue;
    }

    const start = process.hrtime.bigint();
    let count = 0;
    while (Number(process.hrtime.bigint() - start) < +argument * 1e6) {
      for (const document of documents) await map(document);
      count += documents.length;
    }

    console.log(count + " " + (process.hrtime.bigint() - start));
  }
})();
