import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import postcss from 'postcss';
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

/** Parts of Ant Design that no page uses: names of their folders, and of their classes where these differ. */
const UNUSED: Record<string, string> = {
  affix: 'affix', anchor: 'anchor', avatar: 'avatar', badge: 'badge|ribbon', breadcrumb: 'breadcrumb', carousel: 'carousel',
  cascader: 'cascader', collapse: 'collapse', 'float-button': 'float-btn', image: 'image', list: 'list', listy: 'listy', masonry: 'masonry',
  mentions: 'mentions', popconfirm: 'popconfirm', rate: 'rate', slider: 'slider', splitter: 'splitter', statistic: 'statistic', steps: 'steps', timeline: 'timeline',
  tour: 'tour', transfer: 'transfer', 'tree-select': 'tree-select', upload: 'upload',
}; // prettier-ignore

/** Leaves the styles of those parts out, a quarter of all; a build that uses one after all fails. */
function stylesOfUsedParts(): Plugin {
  const classes = Object.values(UNUSED).join('|');
  const unused = new RegExp(`\\.ant-(${classes})(?![a-z])`);
  return {
    name: 'styles-of-used-parts',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('/antd/dist/antd.css')) {
        return null;
      }
      const styles = postcss.parse(code);
      styles.walkRules((rule) => {
        const used = rule.selectors.filter((selector) => !unused.test(selector));
        if (used.length === 0) {
          rule.remove();
        } else if (used.length < rule.selectors.length) {
          rule.selectors = used;
        }
      });
      return { code: styles.toString(), map: null };
    },
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === 'chunk' ? Object.keys(chunk.modules) : []) {
          const part = /\/antd\/es\/([a-z-]+)\//.exec(id.replaceAll('\\', '/'))?.[1];
          if (part !== undefined && part in UNUSED) {
            throw new Error(`a page uses ${part}: take it out of UNUSED in vite.config.ts`);
          }
        }
      }
    },
  };
}

export default defineConfig({
  base: '/console/',
  plugins: [react(), stylesWithoutElements(), stylesOfUsedParts()],
  server: {
    proxy: { '/v1': gateway, '/docs': gateway, '/openapi.yaml': gateway },
    fs: { allow: ['.', '../src/main/resources', '../src/test/resources/rule-books', '../../docs/examples'] }, // Tests read the contract and rule books.
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // The content security policy lets pictures come from files only.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
