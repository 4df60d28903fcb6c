/** The one source of colour, type and space: CSS variables and the Ant Design theme are both made from it. */
export const tokens = {
  colour: {
    ink: '#1b1b1b',
    inkSoft: '#495463',
    paper: '#ffffff',
    mist: '#f3f6f9',
    line: '#cfd8e1',
    border: '#687583',
    blue: '#0b5cad',
    blueDark: '#084785',
    blueDeep: '#0a3a6b',
    blueTint: '#e7f0f9',
    red: '#b4232a',
    redTint: '#fcefee',
    green: '#1a6b3c',
    greenTint: '#e8f4ec',
    amber: '#7d4a00',
    amberTint: '#fff5dd',
    focus: '#ffd84d',
    focusInk: '#1b1b1b',
  },
  /** Steps of 4 px. */
  space: [4, 8, 12, 16, 24, 32, 48, 64],
  type: {
    family: 'system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif',
    document: '"Songti SC","Noto Serif CJK SC","Source Han Serif SC",STSong,serif',
    body: { size: 18, line: 30 },
    elder: { size: 22, line: 36 },
    small: 16,
    h1: 36,
    h2: 26,
    h3: 20,
  },
  radius: 4,
  target: { normal: 44, elder: 60 },
  measure: 720,
  width: 1120,
} as const;

/** Colour pairs that carry words or edges, with the least contrast each must keep (WCAG 2.2 AA). */
export const contrastPairs: readonly { name: string; on: string; ground: string; least: number }[] = [
  ...(['ink', 'inkSoft', 'blue', 'blueDark', 'blueDeep', 'red', 'green', 'amber'] as const).flatMap((name) =>
    (['paper', 'mist'] as const).map((ground) => ({ name: `${name} on ${ground}`, on: tokens.colour[name], ground: tokens.colour[ground], least: 4.5 })),
  ),
  { name: 'red on its tint', on: tokens.colour.red, ground: tokens.colour.redTint, least: 4.5 },
  { name: 'green on its tint', on: tokens.colour.green, ground: tokens.colour.greenTint, least: 4.5 },
  { name: 'amber on its tint', on: tokens.colour.amber, ground: tokens.colour.amberTint, least: 4.5 },
  { name: 'blue on its tint', on: tokens.colour.blue, ground: tokens.colour.blueTint, least: 4.5 },
  { name: 'paper on blue', on: tokens.colour.paper, ground: tokens.colour.blue, least: 4.5 },
  { name: 'paper on deep blue', on: tokens.colour.paper, ground: tokens.colour.blueDeep, least: 4.5 },
  { name: 'control border on paper', on: tokens.colour.border, ground: tokens.colour.paper, least: 3 },
  { name: 'focus ring, inner on outer', on: tokens.colour.focus, ground: tokens.colour.focusInk, least: 3 },
];

const channel = (value: number): number => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const luminance = (hex: string): number => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16) / 255));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** Contrast ratio of two `#rrggbb` colours (WCAG 2.2). */
export const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const rem = (px: number): string => `${px / 16}rem`;

/** The tokens as custom properties; `html.elder` gets larger type and targets. */
export const cssVariables = (): string => {
  const { colour, space, type, radius, target, measure, width } = tokens;
  const colours = Object.entries(colour).map(([name, value]) => `--${kebab(name)}:${value}`);
  const spaces = space.map((value, index) => `--s${index + 1}:${rem(value)}`);
  const rest = [
    `--family:${type.family}`,
    `--document:${type.document}`,
    `--size:${rem(type.body.size)}`,
    `--lead:${type.body.line / type.body.size}`,
    `--small:${rem(type.small)}`,
    `--h1:${rem(type.h1)}`,
    `--h2:${rem(type.h2)}`,
    `--h3:${rem(type.h3)}`,
    `--radius:${radius}px`,
    `--target:${rem(target.normal)}`,
    `--measure:${rem(measure)}`,
    `--width:${rem(width)}`,
  ];
  const elder = [
    `--size:${rem(type.elder.size)}`,
    `--lead:${type.elder.line / type.elder.size}`,
    `--small:${rem(type.elder.size)}`,
    `--h1:${rem(44)}`,
    `--h2:${rem(32)}`,
    `--h3:${rem(26)}`,
    `--target:${rem(target.elder)}`,
    `--measure:${rem(900)}`,
    `--ink-soft:${colour.ink}`,
  ];
  return `:root{${[...colours, ...spaces, ...rest].join(';')}}html.elder{${elder.join(';')}}`;
};

/** Ant Design theme of the console: its defaults fail AA (primary 4.10:1, error 3.27, border 1.41), these do not. */
export const antTheme = {
  token: {
    colorPrimary: tokens.colour.blue,
    colorInfo: tokens.colour.blue,
    colorLink: tokens.colour.blue,
    colorLinkHover: tokens.colour.blueDark,
    colorLinkActive: tokens.colour.blueDeep,
    colorError: tokens.colour.red,
    colorWarning: tokens.colour.amber,
    colorSuccess: tokens.colour.green,
    colorText: tokens.colour.ink,
    colorTextSecondary: tokens.colour.inkSoft,
    colorTextTertiary: tokens.colour.inkSoft,
    colorTextQuaternary: '#5f6b7a',
    colorTextPlaceholder: '#5f6b7a',
    colorTextDescription: tokens.colour.inkSoft,
    colorBorder: tokens.colour.border,
    colorBorderSecondary: tokens.colour.line,
    colorSplit: tokens.colour.line,
    colorBgLayout: tokens.colour.mist,
    controlHeight: 36,
    controlHeightLG: 44,
    fontFamily: tokens.type.family,
    fontSize: 15,
    borderRadius: tokens.radius,
    wireframe: false,
  },
} as const;
