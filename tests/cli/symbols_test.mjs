// Draws every symbol code of the corpora with milsymbol, as a map would: each must be valid and become an SVG.
//   node symbols_test.mjs REPOSITORY      exit 0 all drawn, 1 not, 77 where milsymbol isn't there (tools/fetch_symbols)
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = process.argv[2];
const library = join(root, ".cache/symbols/milsymbol.js");
if (!existsSync(library)) {
  console.log("skipped: no .cache/symbols/milsymbol.js; tools/fetch_symbols fetches it from npm");
  process.exit(77);
}
const module = { exports: {} };
new Function("module", "exports", "require", readFileSync(library, "utf8"))(module, module.exports, createRequire(import.meta.url));
const ms = module.exports;

const codes = new Map();  // code -> first unit that has it
let units = 0;
for (const name of readdirSync(join(root, "rules/units"))) {
  if (!name.endsWith(".corpus")) continue;
  for (const line of readFileSync(join(root, "rules/units", name), "utf8").split("\n")) {
    const found = /^military_unit: "(.*)".* -> .*\b(\d{20})\b/.exec(line);
    if (!found) continue;
    units += 1;
    if (!codes.has(found[2])) codes.set(found[2], found[1]);
  }
}
const bad = [];
for (const [code, unit] of codes) {
  try {
    const symbol = new ms.Symbol(code);
    if (!symbol.isValid() || !symbol.asSVG().startsWith("<svg")) bad.push(`${unit}: ${code} is no valid symbol`);
  } catch (error) {
    bad.push(`${unit}: ${code}: ${error.message}`);
  }
}
// What draws anything would prove nothing.
if (new ms.Symbol("10001000219999990000").isValid()) bad.push("milsymbol takes an entity that the standard doesn't have");
if (units < 150) bad.push(`only ${units} units with a symbol in the corpora`);
for (const line of bad) console.log(line);
console.log(`${codes.size} symbol codes of ${units} units, ${bad.length} faults`);
process.exit(bad.length === 0 ? 0 : 1);
