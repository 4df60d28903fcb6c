declare module '*.css';
declare module 'virtual:antd.css';
interface ImportMeta {
  glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>;
}
