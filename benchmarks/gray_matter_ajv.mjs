// Twenty lines of Node that validate front matter: gray-matter and Ajv.
// node gray_matter_ajv.mjs SCHEMA FOLDER
import fs from "node:fs";
import path from "node:path";
import matter from "gray-matter";
import yaml from "js-yaml";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const [schema, folder] = process.argv.slice(2);
const ajv = new Ajv.default({ allErrors: true, strict: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema, "utf8")));
// The core schema leaves timestamps what they are: text.
const engines = { yaml: (text) => yaml.load(text, { schema: yaml.CORE_SCHEMA }) };
for (const name of fs.readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".md")) continue;
  const complain = (message) => {
    console.log(`${name}: ${message}`);
    process.exitCode = 1;
  };
  try {
    const { data } = matter(fs.readFileSync(path.join(folder, name), "utf8"), { engines });
    if (!validate(data)) for (const e of validate.errors) complain(`${e.instancePath} ${e.message}`);
  } catch (error) {
    complain(String(error).split("\n")[0]);
  }
}
