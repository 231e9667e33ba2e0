// Every page works without this; with it, lists refresh in place and the keyboard is quicker.
import 'htmx.org'
import { announce, isBusy, on, post, readPage, renewKeys } from './dom.js'
import './focus.js'
import { fetchPage, openDialog, sendNatively } from './dialog.js'
import { menuOf } from './menu.js'
import './move.js'
import { differs } from './guard.js'
import './search.js'
import './select.js'
import './shortcuts.js'
import './meaning.js'
import './zone.js'

// The board is a page of its own kind; what only it needs is loaded there.
if (document.getElementById('board-refused')) import('./board.js').then(({ start }) => start({ announce, menuOf, on, openDialog, post, readPage, renewKeys, sendNatively }))

// So is the list that is worked through lead by lead.
if (document.getElementById('panel-frame')) import('./panel.js').then(({ start }) => start({ announce, differs, fetchPage, isBusy, on, openDialog, readPage, sendNatively }))

// So is the form of a status.
if (document.querySelector('[data-preview-form]')) import('./preview.js')

// A cross-fade that the browser leaves out (a hidden tab, a quick second click) is no error.
for (const type of ['pageswap', 'pagereveal']) {
  addEventListener(type, ({ viewTransition }) => {
    for (const part of ['updateCallbackDone', 'ready', 'finished']) viewTransition?.[part].catch(() => {})
  })
}
