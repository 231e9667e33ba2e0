// The badge beside the status form follows what is typed.
const form = document.querySelector('[data-preview-form]')
const badge = document.querySelector('[data-preview]')

function draw() {
  const data = new FormData(form)
  const swatch = form.querySelector('[name=color]:checked')
  const hex = swatch?.dataset.hue ? swatch.value : String(data.get('color_custom') ?? '')
  const dot = badge.querySelector('.dot circle')
  const kind = form.querySelector('[name=kind]:checked')?.value
  badge.className = ['badge large', swatch?.dataset.hue ? `hue-${swatch.dataset.hue}` : '', kind ? `kind-${kind}` : ''].join(' ')
  if (!swatch?.dataset.hue && /^#[0-9a-f]{6}$/i.test(hex)) dot.setAttribute('fill', hex)
  else dot.removeAttribute('fill')
  const name = badge.querySelector('.badge-name')
  name.textContent = String(data.get('name') ?? '').trim() || badge.dataset.preview
}

if (form && badge) {
  // Typing a colour chooses the colour of one's own.
  form.elements.color_custom?.addEventListener('input', () => {
    const own = form.querySelector('[name=color][value=custom]')
    if (own) own.checked = true
  })
  // Choosing a swatch takes back what was typed: a typed colour counts more than the swatch.
  form.addEventListener('change', ({ target }) => {
    if (target.name === 'color' && target.value !== 'custom') form.elements.color_custom.value = ''
  })
  form.addEventListener('input', draw)
  form.addEventListener('change', draw)
  form.addEventListener('reset', () => setTimeout(draw))
  draw()
}
