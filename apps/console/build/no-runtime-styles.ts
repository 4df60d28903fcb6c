/*
 * Stands in for the part of Ant Design that writes <style> elements: the built sheet holds everything already.
 * Its callers mark the element that they get, so they get one that is never put into the page.
 */
export const updateCSS = (): HTMLStyleElement => document.createElement('style');
export const injectCSS = updateCSS;
export const removeCSS = (): undefined => undefined;
export const clearContainerCache = (): undefined => undefined;
