import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'virtual:antd.css';
import './styles/base.css';
import './styles/lists.css';
import './styles/case.css';
import './styles/pages.css';
import './styles/certificates.css';
import './styles/matching.css';
import './styles/quality.css';
import './styles/monitoring.css';
import './styles/exchange.css';
import './styles/registers.css';
import './styles/governance.css';
import { App } from './app.tsx';

createRoot(document.getElementById('root') as HTMLElement).render(<StrictMode><App /></StrictMode>);
