// Bundles our CSS and JavaScript, draws the icons, and leaves in out/ each asset under a hashed name with
// its .br and .gz beside it. out/assets.tsv lists them for build.rs: constant, name, file, set hash.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import subsetFont from 'subset-font'

const OUT = 'out'
const FONTS = 'node_modules/@fontsource-variable/geist'
// The weights that our styles use; the others are a third of the files.
const WEIGHTS = { min: 400, max: 650 }
const TEXTS = new Set(['.css', '.js', '.svg', '.json'])
// The icons of what many rows have: a class gives --icon, and css/badge.css draws it without an element.
const DRAWN = {
  'circle-arrow-right': '.kind-open',
  'circle-pause': '.kind-paused, .state-paused',
  trophy: '.kind-won',
  'circle-x': '.kind-lost',
  ban: '.kind-junk',
  'clock-alert': '.state-stuck',
  clock: '.state-at_risk',
  'circle-check': '.state-on_track',
  ellipsis: '[data-menu]',
  info: '.about',
  'log-in': '.drawn',
}

const read = (path) => readFileSync(path, 'utf8')
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex').slice(0, 10)

/** Bundles and hashes; answers a map of the file's plain name to its hashed one. */
async function bundle() {
  const { metafile } = await build({
    entryPoints: { app: 'js/app.js', style: 'css/style.css', work: 'css/work.css', reports: 'css/reports.css' },
    outdir: OUT,
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: ['chrome125', 'firefox128', 'safari17.5'],
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file' },
    // htmx writes every request that a newer one replaces to the console as an error.
    drop: ['console'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  })
  const files = new Map()
  for (const path of Object.keys(metafile.outputs)) {
    const file = basename(path)
    files.set(file.replace(/-[A-Z0-9]{8}(?=\.\w+$)/, ''), file)
  }
  return files
}

const lucide = JSON.parse(read('node_modules/@iconify-json/lucide/icons.json'))

/** The drawing of an icon, on Lucide's 24 px grid. */
function drawing(name) {
  const icon = lucide.icons[name] ?? lucide.icons[lucide.aliases[name]?.parent]
  if (!icon) throw new Error(`Lucide does not have the icon "${name}"`)
  return icon.body
}

/** One symbol for each name in icons.json. */
function sprite() {
  const symbols = JSON.parse(read('icons.json')).map((name) => `<symbol id="${name}" viewBox="0 0 24 24">${drawing(name)}</symbol>`)
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`
}

/** The rules of the drawn icons, each with its image in it. */
function drawnIcons() {
  const rules = Object.entries(DRAWN).map(([name, classes]) => {
    const image = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>${drawing(name).replaceAll('"', "'").replaceAll('currentColor', '#000')}</svg>`
    return `${classes} { --icon: url("data:image/svg+xml,${image.replaceAll('#', '%23').replaceAll('<', '%3c').replaceAll('>', '%3e')}"); }`
  })
  return rules.join('\n')
}

/** The characters of ranges such as `U+0-FF,U+131`. */
function characters(ranges) {
  return ranges.split(',').map((range) => {
    const [first, last = first] = range.slice(2).split('-').map((hex) => Number.parseInt(hex, 16))
    return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('')
  }).join('')
}

/** The fonts of css/fonts.css, with all their characters in our weights. */
async function fonts() {
  const ranges = JSON.parse(read(`${FONTS}/unicode.json`))
  mkdirSync('fonts', { recursive: true })
  for (const subset of ['latin', 'latin-ext']) {
    const file = `geist-${subset}-wght-normal.woff2`
    const options = { targetFormat: 'woff2', variationAxes: { wght: WEIGHTS } }
    writeFileSync(`fonts/${file}`, await subsetFont(readFileSync(`${FONTS}/files/${file}`), characters(ranges[subset]), options))
  }
}

function write(files, name, text) {
  const file = `${basename(name, extname(name))}-${hash(text)}${extname(name)}`
  writeFileSync(join(OUT, file), text)
  files.set(name, file)
}

function compress(file) {
  const bytes = readFileSync(join(OUT, file))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(join(OUT, `${file}.br`), brotliCompressSync(bytes, { params }))
  writeFileSync(join(OUT, `${file}.gz`), gzipSync(bytes, { level: 9 }))
}

rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT)
writeFileSync('css/icons.css', drawnIcons())
await fonts()
const files = await bundle()
write(files, 'icons.svg', sprite())
for (const name of readdirSync('img')) write(files, name, read(join('img', name)))

const names = [...files.keys()].sort()
const set = hash(names.map((name) => files.get(name)).join('\n'))
const lines = names.map((name) => {
  const file = files.get(name)
  const isText = TEXTS.has(extname(file))
  if (isText) compress(file)
  const constant = name.replace(/[^A-Za-z0-9]+/g, '_').toUpperCase()
  return [constant, name, file, isText ? 'text' : 'binary', set].join('\t')
})
writeFileSync(join(OUT, 'assets.tsv'), lines.join('\n') + '\n')
