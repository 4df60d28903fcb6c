import type { ReactNode } from 'react';

/** Names and what they are, one below the other. */
export const Facts = ({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) =>
  <dl className="pairs">{rows.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
