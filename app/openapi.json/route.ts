export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from '../v2/[[...path]]/route';
