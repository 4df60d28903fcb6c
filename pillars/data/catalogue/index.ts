export { Catalogue, type CataloguedResource } from './catalogue.ts';
export { catalogueModule } from './module.ts';
