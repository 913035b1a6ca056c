import { defineConfig } from 'vite';

// File names without hashes: the built files are committed, and a change shows as a change, not as a new file.
export default defineConfig({
  base: './',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: { entryFileNames: 'page.js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
});
