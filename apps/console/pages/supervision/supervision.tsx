import { Navigate, Route, Routes } from 'react-router';
import { useSpeech } from '../../base/language.tsx';
import { SubNav } from '../../parts/subnav.tsx';
import { BadRatings } from './bad-ratings.tsx';
import { Cards } from './cards.tsx';
import { FiguresPage } from './figures.tsx';

export const Supervision = () => {
  const { t } = useSpeech();
  return (
    <div className="page">
      <SubNav label={t('nav.supervision')} pages={[{ to: '/supervision/cards', text: t('supervision.cards') }, { to: '/supervision/figures', text: t('supervision.figures') }, { to: '/supervision/ratings', text: t('supervision.ratings') }]} />
      <Routes>
        <Route path="cards" element={<Cards />} />
        <Route path="figures" element={<FiguresPage />} />
        <Route path="ratings" element={<BadRatings />} />
        <Route path="*" element={<Navigate to="/supervision/cards" replace />} />
      </Routes>
    </div>
  );
};
