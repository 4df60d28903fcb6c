/** Fine-line ornament for the ground of a licence, drawn from curves; vector, seeded by nothing but its sizes. */

const round = (value: number): string => value.toFixed(1);

const trace = (points: number, at: (t: number) => [number, number]): string => {
  let path = '';
  for (let index = 0; index <= points; index += 1) {
    const [x, y] = at(index / points);
    path += `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`;
  }
  return path;
};

const TURN = Math.PI * 2;

/** A rosette of `rings` interlaced closed waves around a centre. */
const rosette = (x: number, y: number, radius: number, petals: number, rings: number): string => {
  let paths = '';
  for (let ring = 0; ring < rings; ring += 1) {
    const phase = (ring / rings) * TURN;
    const depth = radius * (0.16 + 0.1 * Math.sin(phase));
    const reach = radius * (0.35 + (0.55 * ring) / rings);
    paths += trace(petals * 20, (t) => {
      const angle = t * TURN;
      const r = reach + depth * Math.sin(petals * angle + phase);
      return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
    });
  }
  return paths;
};

/** Waves that run the whole width, each a little out of step with the one before. */
const waves = (width: number, height: number, count: number): string => {
  let paths = '';
  for (let line = 0; line < count; line += 1) {
    const base = ((line + 0.5) / count) * height;
    paths += trace(90, (t) => [
      t * width,
      base + 7 * Math.sin(t * TURN * 3 + line * 0.35) + 4 * Math.sin(t * TURN * 7 - line * 0.21),
    ]);
  }
  return paths;
};

const drawn = new Map<string, string>();

/** The ground of a licence as SVG, `width` × `height` in points, in one colour. Drawn once for each. */
export const guilloche = (width: number, height: number, colour: string): string => {
  const name = `${width} ${height} ${colour}`;
  const ground = drawn.get(name) ?? draw(width, height, colour);
  drawn.set(name, ground);
  return ground;
};

const draw = (width: number, height: number, colour: string): string => {
  const small = Math.min(width, height);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<g fill="none" stroke="${colour}">` +
    `<path d="${waves(width, height, Math.round(height / 9))}" stroke-width=".3" stroke-opacity=".2"/>` +
    `<path d="${rosette(width / 2, height / 2, small * 0.42, 18, 14)}" stroke-width=".3" stroke-opacity=".24"/>` +
    `<path d="${rosette(0, height, small * 0.3, 12, 8)}${rosette(width, 0, small * 0.3, 12, 8)}" stroke-width=".3" stroke-opacity=".2"/>` +
    `</g></svg>`
  );
};
