import { lazy, Suspense, useEffect, type ComponentType, type ReactNode } from 'react';
import { StyleProvider } from '@ant-design/cssinjs';
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { recallSession } from './base/api.ts';
import { queryClient } from './base/calls.ts';
import { LanguageProvider, useSpeech } from './base/language.tsx';
import { useMay, useSession, type Door } from './base/session.tsx';
import { theme } from './base/theme.ts';
import { useMayData } from './base/data-doors.ts';
import { useMaySecure } from './base/security-doors.ts';
import { Frame } from './pages/frame.tsx';
import { ProofDialog } from './pages/prove.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { Workbench } from './pages/workbench.tsx';
import { NothingHere, Waiting } from './parts/states.tsx';
import { ToastProvider } from './parts/toast.tsx';

const built = { ...theme, zeroRuntime: true };

const later = (load: () => Promise<ComponentType>): ComponentType => lazy(async () => ({ default: await load() }));
const Cases = later(async () => (await import('./pages/cases.tsx')).Cases);
const CasePage = later(async () => (await import('./pages/case/case-page.tsx')).CasePage);
const Intake = later(async () => (await import('./pages/intake/intake.tsx')).Intake);
const Supervision = later(async () => (await import('./pages/supervision/supervision.tsx')).Supervision);
const Admin = later(async () => (await import('./pages/admin/admin.tsx')).Admin);
const Security = later(async () => (await import('./pages/security/security.tsx')).Security);
const DataCentre = later(async () => (await import('./pages/data/data.tsx')).DataCentre);
const Account = later(async () => (await import('./pages/account.tsx')).Account);
const FirstFactor = later(async () => (await import('./pages/account-factors.tsx')).FirstFactor);
const MyCertificates = later(async () => (await import('./pages/security/certificates.tsx')).MyCertificates);
const SignOnStep = later(async () => (await import('./pages/sign-on.tsx')).SignOnStep);
const FirstPassword = later(async () => (await import('./pages/account.tsx')).FirstPassword);

const Themed = ({ children }: { children: ReactNode }) => {
  const { lang } = useSpeech();
  return (
    <StyleProvider layer>
      <ConfigProvider theme={built} locale={lang === 'en' ? en : zh} button={{ autoInsertSpace: false }} wave={{ disabled: true }} popupMatchSelectWidth={false}>{children}</ConfigProvider>
    </StyleProvider>
  );
};

/** A page for those who may; others are told that it is not theirs. */
const Behind = ({ door, children }: { door: Door; children: ReactNode }) => {
  const may = useMay();
  return may(door) ? children : <NothingHere kind="forbidden" />;
};

const Home = () => {
  const may = useMay();
  const maySecure = useMaySecure();
  const mayData = useMayData();
  if (may('work')) return <Navigate to="/work" replace />;
  if (may('supervision')) return <Navigate to="/supervision" replace />;
  return <Navigate to={may('cases') ? '/cases' : mayData ? '/data' : maySecure ? '/security' : may('services') || may('directory') || may('calendar') || may('payments') ? '/admin' : '/account'} replace />;
};

const Pages = () => (
  <Frame>
    <Suspense fallback={<Waiting />}>
      <Routes>
        <Route path="/" element={<Home />} />
        <Route path="/work" element={<Behind door="work"><Workbench /></Behind>} />
        <Route path="/cases" element={<Behind door="cases"><Cases /></Behind>} />
        <Route path="/cases/:id" element={<Behind door="cases"><CasePage /></Behind>} />
        <Route path="/intake" element={<Behind door="intake"><Intake /></Behind>} />
        <Route path="/supervision/*" element={<Behind door="supervision"><Supervision /></Behind>} />
        <Route path="/admin/*" element={<Admin />} />
        <Route path="/security/*" element={<Security />} />
        <Route path="/data/*" element={<DataCentre />} />
        <Route path="/account" element={<Account />} />
        <Route path="/sign-on/:uid" element={<SignOnStep />} />
        <Route path="/account/certificates" element={<MyCertificates />} />
        <Route path="*" element={<NothingHere kind="missing" />} />
      </Routes>
    </Suspense>
  </Frame>
);

const Gate = () => {
  const { status, session } = useSession();
  const isUnknown = status === 'unknown';
  useEffect(() => {
    if (!isUnknown) return undefined;
    const ask = () => void recallSession().catch(() => undefined);
    ask();
    const again = setInterval(ask, 4000);
    return () => clearInterval(again);
  }, [isUnknown]);
  if (isUnknown) return <Waiting />;
  if (status === 'out') return <SignIn />;
  const First = session?.mustChange ? FirstPassword : session?.mustEnrol ? FirstFactor : null;
  return <>{First ? <Suspense fallback={<Waiting />}><main><First /></main></Suspense> : <Pages />}<ProofDialog /></>;
};

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <LanguageProvider>
      <Themed>
        <ToastProvider>
          <BrowserRouter basename="/console">
            <Gate />
          </BrowserRouter>
        </ToastProvider>
      </Themed>
    </LanguageProvider>
  </QueryClientProvider>
);
