/* Stands in for the part of Ant Design that writes <style> elements: the built sheet holds everything already. */
export const updateCSS = (): undefined => undefined;
export const removeCSS = (): undefined => undefined;
export const injectCSS = (): null => null;
export const clearContainerCache = (): undefined => undefined;
