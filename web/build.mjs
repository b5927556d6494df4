// Bundles web/src/*.js and *.css into hudun/static/dist (git-ignored). `--watch` rebuilds on change.
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import esbuild from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const src = join(root, "web/src");
const dist = join(root, "hudun/static/dist");
const modules = join(root, "node_modules");
const watching = process.argv.includes("--watch");

async function entries() {
  const names = await readdir(src);
  return names.filter((name) => /\.(js|css)$/.test(name)).map((name) => join(src, name));
}

// One sprite, so that a page asks for its icons once: <svg><use href="icons.svg#name"></svg>
async function sprite() {
  const names = (await readFile(join(root, "web/icons.txt"), "utf8")).split(/\s+/).filter(Boolean);
  const symbols = await Promise.all(names.map(async (name) => {
    const [style, file] = name.includes("/") ? name.split("/") : ["outline", name];
    const svg = await readFile(join(modules, "@tabler/icons/icons", style, `${file}.svg`), "utf8");
    const paths = svg.replace(/<!--[^]*?-->/g, "").replace(/^[^]*?<svg[^>]*>/, "").replace("</svg>", "");
    return `<symbol id="${file}" viewBox="0 0 24 24">${paths.replace(/\s+/g, " ").trim()}</symbol>`;
  }));
  const body = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
  await writeFile(join(dist, "icons.svg"), body);
}

// manifest.json: name → digest of what is there; the `asset` tag turns it into name?v=digest.
async function manifest() {
  const digests = {};
  for (const name of (await readdir(dist)).sort()) {
    if (name === "manifest.json") continue;
    const bytes = await readFile(join(dist, name));
    digests[name] = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  }
  await writeFile(join(dist, "manifest.json"), JSON.stringify(digests, null, 1) + "\n");
  return digests;
}

const finish = {
  name: "finish",
  setup: (build) => build.onEnd(async ({ errors }) => {
    if (errors.length) return;
    await cp(join(modules, "maplibre-gl/dist/maplibre-gl-worker.mjs"), join(dist, "maplibre-worker.js"));
    await sprite();
    const names = Object.keys(await manifest());
    console.log(`${relative(root, dist)}: ${names.length} files`);
  }),
};

const options = {
  entryPoints: await entries(),
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome100", "firefox104", "safari15.4"],
  minify: !watching,
  sourcemap: watching,
  chunkNames: "chunk-[hash]",
  legalComments: "eof",
  logLevel: "warning",
  nodePaths: [modules],
  loader: { ".svg": "dataurl", ".woff2": "file" },
  plugins: [finish],
};

// The field app is one file and its worker another, so that a phone keeps few and whole pieces.
const field = {
  ...options,
  entryPoints: { field: join(root, "web/field/app.js"), "field-sw": join(root, "web/field/sw.js") },
  splitting: false,
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
for (const each of [options, field]) {
  if (watching) await (await esbuild.context(each)).watch();
  else await esbuild.build(each);
}
