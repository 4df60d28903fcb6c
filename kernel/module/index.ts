export { defineModule, key, type Key, type Module, type Site } from './module.ts';
export { definePolicy, type Policy, type Rule } from './policy.ts';
