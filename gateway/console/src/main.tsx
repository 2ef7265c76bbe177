import 'antd/dist/reset.css';
import 'antd/dist/antd.css';
import './console.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import { takePage } from './app/provider';
import { startTexts } from './i18n';

startTexts();
const wanted = takePage(sessionStorage, location);
if (wanted !== undefined) {
  history.replaceState(null, '', wanted);
}
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
