// Reads {posts, passes} as JSON from standard input; for each linter writes one line of JSON: its name, the
// processor time of the best pass in milliseconds, and how much it found in one pass. Each is warmed up by a
// whole pass first. Called by side_by_side.py, in the folder where the linters are installed.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

const require = createRequire(pathToFileURL(process.cwd() + "/package.json"));
const load = async (name) => {
  const found = await import(pathToFileURL(require.resolve(name)));
  return found.default?.default ?? found.default ?? found;
};
const { posts, passes } = JSON.parse(readFileSync(0, "utf8"));

async function measure(name, check) {
  let found = 0;
  let best = Infinity;
  for (let pass = 0; pass <= passes; pass++) {
    found = 0;
    const before = process.cpuUsage();
    for (const post of posts) found += await check(post);
    const taken = process.cpuUsage(before);
    if (pass > 0) best = Math.min(best, (taken.user + taken.system) / 1000);
  }
  console.log(JSON.stringify({ name, ms: best, found }));
}

const { retext } = await import(pathToFileURL(require.resolve("retext")));
let processor = retext();
for (const name of ["retext-equality", "retext-readability", "retext-passive", "retext-intensify"])
  processor = processor.use(await load(name));
processor.freeze();
await measure("retext 9 (equality, readability, passive, intensify)", async (text) =>
  (await processor.process(text)).messages.length);

const { TextlintKernel } = require("@textlint/kernel");
const kernel = new TextlintKernel();
const plugins = [{ pluginId: "text", plugin: await load("@textlint/textlint-plugin-text") }];
const lint = async (names) => {
  const rules = [];
  for (const name of names) rules.push({ ruleId: name, rule: await load(`textlint-rule-${name}`) });
  return async (text) =>
    (await kernel.lintText(text, { ext: ".txt", filePath: "post.txt", plugins, rules })).messages.length;
};
await measure("textlint 15 (terminology, write-good)", await lint(["terminology", "write-good"]));
await measure("textlint 15 (terminology, write-good, alex)", await lint(["terminology", "write-good", "alex"]));

const writeGood = await load("write-good");
await measure("write-good 1", async (text) => writeGood(text).length);
