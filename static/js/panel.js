// A lead beside the list: a row opens it in place, j and k go to the rows around it, and when something was done about
// it the next one follows, as on the page of the lead.

/** @param tools what the app shares, so that nothing is loaded twice. */
export function start({ announce, differs, fetchPage, isBusy, on, openDialog, readPage, sendNatively }) {
  const rows = () => [...document.querySelectorAll('.stuck-list [data-row-link]')]
  const panel = () => document.getElementById('panel')
  const rowOf = (path) => rows().findIndex(({ pathname }) => pathname === path)
  const shown = () => rowOf(panel()?.dataset.of)

  /** True if leaving loses nothing that was typed or chosen, or the person said that it may. */
  async function mayLeave() {
    if (![...(panel()?.querySelectorAll('form[data-guard]') ?? [])].some(differs)) return true
    const question = document.getElementById('discard')
    question.returnValue = ''
    question.showModal()
    await new Promise((closed) => question.addEventListener('close', closed, { once: true }))
    return Boolean(question.returnValue)
  }

  /** The list as it is now, with its numbers. */
  async function refresh() {
    const page = await readPage(location.href)
    for (const selector of ['#results', '#tabs', '.sidebar .nav']) {
      const next = page?.querySelector(selector)
      if (next) document.querySelector(selector).replaceWith(document.adoptNode(next))
    }
    if (page) document.title = page.title
    document.dispatchEvent(new Event('part:swapped'))
  }

  function mark() {
    const at = shown()
    for (const [index, link] of rows().entries()) link.closest('tr').classList.toggle('selected', index === at)
    rows()[at]?.scrollIntoView({ block: 'nearest' })
  }

  /** Shows the page of a lead. */
  function show(page, url) {
    if (!panel()) document.body.append(document.getElementById('panel-frame').content.cloneNode(true))
    const part = document.adoptNode(page.getElementById('main'))
    for (const one of part.querySelectorAll('#banners, .crumbs')) one.remove()
    for (const aside of part.querySelectorAll('aside')) aside.role = 'none'
    panel().dataset.of = new URL(url, location.href).pathname
    panel().querySelector('[data-panel-page]').href = url
    panel().querySelector('[data-panel-actions]').replaceChildren(part.querySelector('.page-actions'))
    panel().querySelector('[data-panel-body]').replaceChildren(...part.childNodes)
    panel().scrollTop = 0
    const first = panel().querySelector('.error-summary') ?? panel().querySelector('h1')
    first.tabIndex = -1
    first.focus()
    document.dispatchEvent(new Event('part:swapped'))
    mark()
  }

  // Keys pressed faster than pages come count from where they lead: only the last one is shown.
  let wanted
  async function open(link) {
    if (!(await mayLeave())) return
    wanted = link.pathname
    const page = await readPage(link.href)
    if (wanted !== link.pathname) return
    wanted = undefined
    if (page?.querySelector('.person')) show(page, link.href)
    else location.href = link.href
  }

  async function close() {
    if (!(await mayLeave())) return
    const link = rows()[shown()] ?? rows()[0]
    remove()
    mark()
    ;(link ?? document.getElementById('main')).focus({ preventScroll: true })
  }

  function remove() {
    panel().remove()
    document.dispatchEvent(new Event('part:swapped'))
  }

  on('click', '.stuck-list [data-row-link]', (link, event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button || innerWidth < 960) return
    event.preventDefault()
    open(link)
  })
  on('click', '#panel .page-actions [rel]', (link, event) => {
    event.preventDefault()
    open(link)
  })
  on('click', '[data-panel-close]', close)

  // In the capture phase: before the page's own shortcuts, and before what else is done when a form is sent.
  document.addEventListener('keydown', (event) => {
    if (!panel() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open], :popover-open')) return
    const by = { j: 1, k: -1 }[event.key]
    const isStep = by && !isBusy(event.target) && document.body.dataset.shortcuts !== 'off'
    if (!isStep && event.key !== 'Escape') return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!isStep) return close()
    const next = rows()[Math.max(0, (wanted ? rowOf(wanted) : shown()) + by)]
    if (next) open(next)
  }, true)

  // What is asked in a dialog about the lead of the panel is answered in the panel.
  const isAboutLead = (form) => panel() && new URL(form.getAttribute('action'), location.href).pathname.startsWith(`${panel().dataset.of}/`)

  on('submit', '#panel form, dialog form', async (form, event) => {
    const { submitter } = event
    if (form.method !== 'post' || form.hasAttribute('data-dialog') || !isAboutLead(form)) return
    event.preventDefault()
    event.stopPropagation()
    if (form.ariaBusy) return
    form.ariaBusy = 'true'
    const found = await fetchPage(form, submitter).catch(() => {})
    form.ariaBusy = null
    if (!found) return sendNatively(form, submitter)
    const asked = found.page.querySelector('[data-dialog-body]')
    if (asked) return openDialog(asked, form.closest('dialog'))
    form.closest('dialog')?.close()
    const banners = found.page.querySelectorAll('#banners > *')
    if (found.page.querySelector('.person')) show(found.page, found.url)
    else {
      remove()
      document.getElementById('main').focus({ preventScroll: true })
    }
    document.getElementById('banners').replaceChildren(...banners)
    announce(document.querySelector('#banners [data-banner-text]')?.textContent.trim())
    await refresh()
    if (panel()) mark()
  }, true)
}
