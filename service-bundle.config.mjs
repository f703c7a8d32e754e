import { basename, join } from 'node:path';
import { defineConfig } from 'vite';

/** Parts of NestJS and its adapters that it asks for when a service uses them; none of ours does. */
const absent = [
  '@fastify/multipart',
  '@fastify/view',
  '@nestjs/platform-express',
  '@nestjs/websockets/socket-module.js',
  'amqp-connection-manager',
  'class-transformer',
  'class-validator',
  'ioredis',
  'kafkajs',
  'mqtt',
];

/** The PDF library reads files from beside its own, and shares the font engine. */
const withFilesOfItsOwn = ['pdfkit', 'fontkit'];

const service = process.cwd();

/** One file of a service with all it imports: reading and linking two thousand modules takes longer than the rest of its start. */
export default defineConfig({
  root: service,
  logLevel: 'warn',
  // What a package has for Node, never what it has for bundlers of pages.
  resolve: { conditions: ['node'] },
  ssr: { noExternal: true, external: [...absent, ...withFilesOfItsOwn], resolve: { conditions: ['node'], externalConditions: ['node'] } },
  build: {
    ssr: join(service, 'dist', 'main.js'),
    outDir: join(service, 'dist'),
    emptyOutDir: false,
    copyPublicDir: false,
    minify: false,
    target: 'node22',
    rolldownOptions: {
      platform: 'node',
      output: { format: 'esm', entryFileNames: 'service.js', codeSplitting: false, keepNames: true },
    },
  },
});
