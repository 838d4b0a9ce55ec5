export { dagPage } from './html/page.ts';
export { type Layout, loadLayout } from './layout.ts';
export { terminalText } from './terminal-text.ts';
