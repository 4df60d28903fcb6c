declare module '*.css';
declare module 'virtual:antd.css';
declare module 'bpmn-js-i18n-zh/lib/*' {
  const words: Record<string, string>;
  export default words;
}
interface ImportMeta {
  glob(pattern: string, options: { query: '?raw'; import: 'default'; eager: true }): Record<string, string>;
}
