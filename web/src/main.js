// Starts the page.

import { html, render } from './html.js';
import { Page } from './page.js';
import './styles/page.css';
import './styles/header.css';
import './styles/talk.css';
import './styles/forms.css';
import './styles/spoken.css';

render(html`<${Page} />`, document.getElementById('page'));
