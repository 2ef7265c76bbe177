import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** Address of the gateway that the development server passes calls on to. */
const gateway = process.env.POINTS_GATEWAY ?? 'http://127.0.0.1:8080';

/** Replaces the module by which Ant Design writes style elements, which our content security policy refuses. */
function stylesWithoutElements(): Plugin {
  const replaced = '/@rc-component/util/es/Dom/dynamicCSS.js';
  const ours = fileURLToPath(new URL('src/app/dynamicStyles.ts', import.meta.url));
  let found = false;
  return {
    name: 'styles-without-elements',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      if (!id.replaceAll('\\', '/').endsWith(replaced)) {
        return null;
      }
      found = true;
      return `export * from ${JSON.stringify(ours)};`;
    },
    buildEnd(error) {
      if (error === undefined && !found) {
        throw new Error(`no ${replaced}: Ant Design writes its styles elsewhere now`);
      }
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), stylesWithoutElements()],
  server: {
    proxy: { '/v1': gateway, '/docs': gateway, '/openapi.yaml': gateway },
    fs: { allow: ['.', '../src/main/resources'] }, // A test reads the contract.
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // The content security policy lets pictures come from files only.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
