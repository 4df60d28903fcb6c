import { createElement as h, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs';
import { Button, Checkbox, ConfigProvider, Input, InputNumber, Radio, Segmented, Select, Space, Spin, Switch } from 'antd';
import { theme } from '../base/theme.ts';

/** One of each component that the console uses; a component missing here would be unstyled. */
const samples = (): ReactNode[] => [
  h(Button, { type: 'primary' }, 'x'),
  h(Checkbox.Group, { options: ['x'] }),
  h(Input), h(Input.Password), h(Input.TextArea), h(Input.Search), h(Space.Compact, null, h(Input)),
  h(InputNumber),
  h(Radio.Group, { options: ['x'] }),
  h(Segmented, { options: ['x'] }),
  h(Select, { options: [{ value: 'x' }], mode: 'multiple', open: false }),
  h(Spin), h(Switch),
];

/** The style sheet of these components under our theme, in `@layer antd`. */
export const antdStyles = (): string => {
  const cache = createCache();
  const page = h(ConfigProvider, { theme }, ...samples().map((sample, key) => h('div', { key }, sample)));
  renderToString(h(StyleProvider, { cache, layer: true, children: page }));
  return extractStyle(cache, { plain: true });
};
