import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Builds the pages into `dist/ui`, which the API serves. `vite ui` serves them from source, with the API of `API_URL`. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    // The first browsers that know light-dark(). For older ones it would be replaced by variables that follow the system's
    // colours only, not the choice of whoever is signed in.
    cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The canvas and the composer are loaded when they are opened; what is left is the shell with Mantine.
    chunkSizeWarningLimit: 1100,
  },
  server: {
    proxy: {
      '/api': process.env.API_URL ?? 'http://127.0.0.1:8080',
      '/t/': process.env.API_URL ?? 'http://127.0.0.1:8080',
    },
  },
})
