// Every page works without this; with it, lists refresh in place and the keyboard is quicker.
import 'htmx.org'
import './focus.js'
import './dialog.js'
import './move.js'
import './guard.js'
import './search.js'
import './select.js'
import './shortcuts.js'
import './preview.js'
import './meaning.js'

// A cross-fade that the browser leaves out (a hidden tab, a quick second click) is no error.
for (const type of ['pageswap', 'pagereveal']) {
  addEventListener(type, ({ viewTransition }) => {
    for (const part of ['updateCallbackDone', 'ready', 'finished']) viewTransition?.[part].catch(() => {})
  })
}
