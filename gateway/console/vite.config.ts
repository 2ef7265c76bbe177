import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Address of the gateway that the development server passes calls on to. */
const gateway = process.env.POINTS_GATEWAY ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  server: { proxy: { '/v1': gateway, '/docs': gateway, '/openapi.yaml': gateway } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // The content security policy lets pictures come from files only.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    manifest: false,
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
