export { GrantedResource, type Operation, operations } from '@anw/credentials';
