import react from '@vitejs/plugin-react';
import { join } from 'node:path';
import { defaultClientConditions, defineConfig, type Plugin, type UserConfig } from 'vite';
import { compressFiles } from './compress-files.js';

/**
 * How every web app of ours is built: into `dist/pages`, names of files with a hash of their content, nothing inline
 * (the content security policy of the staff door allows no inline script or style), each file compressed beforehand.
 * `app` is the directory of the web app.
 */
export function pagesConfig(app: string): UserConfig {
  const outDir = join(app, 'dist', 'pages');
  return defineConfig({
    root: app,
    plugins: [react(), openedWithWords(), startedEarly(), compressed(outDir)],
    resolve: { conditions: ['@anw/source', ...defaultClientConditions], dedupe: ['react', 'react-dom'] },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'baseline-widely-available',
      assetsInlineLimit: 0,
      // Preloading needs no polyfill in the browsers that we serve, and would be inline script.
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      manifest: 'build.json',
      rolldownOptions: { output: { codeSplitting: { groups: evaluatedApart.map(({ name, of }) => ({ name, test: of })) } } },
    },
  });
}

/**
 * What every page needs, as files of their own: each is evaluated in a task of its own, in the order of the document, so that
 * on a slow phone no single task keeps a tap waiting.
 */
const evaluatedApart = [
  { name: 'react', of: /node_modules\/(?:react|react-dom|scheduler)\// },
  { name: 'zod', of: /node_modules\/zod\// },
  { name: 'contracts', of: /libs\/(?:api-contracts|values)\// },
  { name: 'router-and-queries', of: /node_modules\/(?:react-router|@tanstack)\// },
] as const;

/**
 * What stands while nothing of the pages is there yet, as `Session` shows it until it knows who works here: on a slow phone a
 * white page for two seconds reads as broken.
 */
function openedWithWords(): Plugin {
  const place = '<div id="app"></div>';
  return {
    name: 'anw:opened-with-words',
    transformIndexHtml: {
      order: 'pre',
      handler(html) {
        if (!html.includes(place)) throw new Error(`the document has no ${place}`);
        const title = /<title>([^<]+)<\/title>/.exec(html)?.[1];
        if (title === undefined) throw new Error('the document has no title');
        return html.replace(place, `<div id="app"><main class="anw-login" id="inhoud"><h1 class="nl-heading nl-heading--level-2">${title}</h1><p class="anw-loading" role="status">Even geduld, wij halen uw gegevens op…</p></main></div>`);
      },
    },
  };
}

const STARTER = 'ask-early';

/** The document starts one small script, which asks what each page asks first and then runs the scripts of the pages. */
function startedEarly(): Plugin {
  return {
    name: 'anw:started-early',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'chunk', id: '@anw/web-ui/early', name: STARTER });
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {}, chunk: app }) {
        const starter = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === STARTER);
        if (starter === undefined || app === undefined) throw new Error('the scripts of the pages were not built');
        const script = `<script type="module" crossorigin src="/${app.fileName}"></script>`;
        if (!html.includes(script)) throw new Error('the document does not start the app as it was thought to');
        return {
          // Behind the style: the words that the document opens with stand before the scripts are there.
          html: html.replace(script, '').replaceAll('<link rel="modulepreload"', '<link rel="modulepreload" fetchpriority="low"'),
          tags: [
            { tag: 'script', attrs: { type: 'module', async: true, crossorigin: true, src: `/${starter.fileName}` }, injectTo: 'head-prepend' },
            { tag: 'link', attrs: { rel: 'modulepreload', fetchpriority: 'low', crossorigin: true, href: `/${app.fileName}` }, injectTo: 'head' },
          ],
        };
      },
    },
  };
}

function compressed(directory: string): Plugin {
  return { name: 'anw:compressed', apply: 'build', enforce: 'post', closeBundle: () => compressFiles(directory) };
}
