import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'esbuild';
import { defineConfig, type Plugin } from 'vite';

const SHEET = 'virtual:antd.css';
const here = import.meta.dirname;

/** Runs the sheet's maker: bundled first, because Node reads no TSX and the theme lives beside components. */
const antdSheet = async (): Promise<string> => {
  const outfile = resolve(here, '../../node_modules/.vite/console-antd-styles.mjs');
  await build({
    entryPoints: [resolve(here, 'build/antd-styles.ts')], outfile, bundle: true, platform: 'node', format: 'esm', jsx: 'automatic', logLevel: 'warning',
    external: ['antd', '@ant-design/cssinjs', 'react', 'react-dom', 'react/*', 'react-dom/*'],
  });
  const made = (await import(`${pathToFileURL(outfile).href}?${Date.now()}`)) as { antdStyles: () => string };
  return made.antdStyles();
};

/** Ant Design's style sheet is made at build time, and nothing makes styles in the browser: the page policy allows own files only. */
const stylesAtBuild = (): Plugin => ({
  name: 'zhengwu-antd-styles',
  enforce: 'pre',
  resolveId: (id) => {
    if (id === SHEET) return `\0${SHEET}`;
    return /@rc-component\/util\/(?:es|lib)\/Dom\/dynamicCSS$/.test(id) ? resolve(here, 'build/no-runtime-styles.ts') : undefined;
  },
  load: (id) => (id === `\0${SHEET}` ? antdSheet() : undefined),
});

/** Files beside their packed forms, so that the site sends them packed without work. */
const packed = (): Plugin => ({
  name: 'zhengwu-packed',
  apply: 'build',
  writeBundle: ({ dir = '' }) => {
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(?:m?js|css|svg)$/.test(name)) continue;
      const body = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(body, { level: 9 }));
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
    }
  },
});

export default defineConfig({
  base: '/console/',
  plugins: [stylesAtBuild(), react(), packed()],
  define: { 'process.env.NODE_ENV': JSON.stringify('production') },
  build: { outDir: resolve(here, '../../dist/console'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: true, chunkSizeWarningLimit: 2000 },
});
