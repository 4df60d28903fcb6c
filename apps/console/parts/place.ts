import { useState } from 'react';

interface Place {
  address: string;
  current: number;
  selected: ReadonlySet<string>;
}

/** Where one stands in a list: another address begins anew at its first row with nothing selected. */
export const usePlace = (address: string) => {
  const fresh: Place = { address, current: 0, selected: new Set() };
  const [kept, setKept] = useState(fresh);
  const place = kept.address === address ? kept : fresh;
  return {
    current: place.current,
    selected: place.selected,
    setCurrent: (current: number) => setKept({ ...place, current }),
    setSelected: (selected: ReadonlySet<string>) => setKept({ ...place, selected }),
  };
};

/** A set with one member put in or taken out. */
export const flipped = (set: ReadonlySet<string>, member: string): Set<string> => {
  const next = new Set(set);
  if (!next.delete(member)) next.add(member);
  return next;
};
