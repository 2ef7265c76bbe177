// Compresses what was built, so that the gateway only has to choose a file, and lists all files for it.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url).pathname;
const COMPRESSIBLE = /\.(html|js|css|svg|json|txt)$/;
const BYTES_MIN = 1024;

/** Compressed bytes before people see anything: some seconds of a slow line. */
const FIRST_PAINT_BYTES_MAX = 450_000;

function* filesBelow(directory) {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) {
      yield* filesBelow(path);
    } else {
      yield path;
    }
  }
}

const files = [...filesBelow(dist)].sort();
const listed = [];
for (const file of files) {
  const name = relative(dist, file);
  listed.push(name);
  const content = readFileSync(file);
  if (COMPRESSIBLE.test(file) && content.length >= BYTES_MIN) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    for (const [suffix, packed] of [
      ['.br', brotliCompressSync(content, { params })],
      ['.gz', gzipSync(content, { level: 9 })],
    ]) {
      if (packed.length < content.length) {
        writeFileSync(file + suffix, packed);
        listed.push(name + suffix);
      }
    }
  }
}
writeFileSync(join(dist, 'files.txt'), listed.join('\n') + '\n');

// Browsers take gzip where the line is not encrypted, so that is what counts.
const page = readFileSync(join(dist, 'index.html'), 'utf8');
const needed = [...page.matchAll(/(?:src|href)="\/console\/([^"]+\.(?:js|css))"/g)].map(([, name]) => join(dist, name));
const firstPaint = [join(dist, 'index.html'), ...needed].reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
console.log(`the first paint takes ${Math.round(firstPaint / 1000)} kB`);
if (needed.length < 2 || firstPaint > FIRST_PAINT_BYTES_MAX) {
  throw new Error(`the first paint takes ${firstPaint} bytes, and ${FIRST_PAINT_BYTES_MAX} at most are allowed`);
}
