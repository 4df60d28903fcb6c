import { useMay, type Door } from './session.tsx';

/** Doors of the data centre's pages; any of them shows the centre in the navigation. */
export const dataDoors = ['registers', 'challenges', 'catalogue', 'resourceRequests', 'exchange', 'gathered', 'flows', 'adapters', 'imports', 'matches', 'oldCentres', 'quality'] as const satisfies readonly Door[];

export const useMayData = (): boolean => {
  const may = useMay();
  return (dataDoors as readonly Door[]).some(may);
};
