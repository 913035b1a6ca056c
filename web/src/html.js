// One import for markup: Preact with htm's template strings.

import htm from 'htm';
import { h, render } from 'preact';

export const html = htm.bind(h);
export { render };
export { useEffect, useReducer, useRef, useState } from 'preact/hooks';
