declare module '*.css';
declare module 'virtual:antd.css';
declare module 'bpmn-js-i18n-zh/lib/*' {
  const words: Record<string, string>;
  export default words;
}
