/** Ground: type, links, focus, layout primitives. */
export const base = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;font:400 var(--size)/var(--lead) var(--family);color:var(--ink);background:var(--paper);min-height:100vh;display:flex;flex-direction:column;overflow-wrap:anywhere;text-wrap:pretty}
main{flex:1;padding:var(--s6) 0 var(--s8)}
main:focus{outline:0}
.wrap{width:100%;max-width:calc(var(--width) + 2*var(--s4));margin:0 auto;padding:0 var(--s4)}
.narrow{max-width:var(--measure)}
h1,h2,h3,p,ul,ol,dl,figure,fieldset,pre,table{margin:0;padding:0}
h1,h2,h3{font-weight:650;line-height:1.35;text-wrap:balance}
h1{font-size:clamp(1.65rem,1.2rem + 2vw,var(--h1));margin:0 0 var(--s5);letter-spacing:.01em}
h2{font-size:clamp(1.3rem,1.1rem + 1vw,var(--h2));margin:var(--s7) 0 var(--s4)}
h3{font-size:var(--h3);margin:var(--s5) 0 var(--s2)}
html.elder h1{font-size:clamp(2rem,1.4rem + 2vw,var(--h1))}html.elder h2{font-size:clamp(1.75rem,1.4rem + 1vw,var(--h2))}
p,ul,ol{margin:0 0 var(--s4)}
ul,ol{padding-left:1.5em}
li+li{margin-top:var(--s1)}
.plain{list-style:none;padding:0}
a{color:var(--blue);text-decoration-thickness:.06em;text-underline-offset:.22em}
a:hover{color:var(--blue-dark);text-decoration-thickness:.14em}
img,svg{max-width:100%}
:focus-visible{outline:3px solid var(--focus);outline-offset:0;box-shadow:0 0 0 6px var(--focus-ink);border-radius:2px}
a:focus-visible{background:var(--focus);color:var(--focus-ink);box-shadow:0 0 0 3px var(--focus-ink)}
.hide{position:absolute!important;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0}
.skip{position:absolute;left:var(--s4);top:-100px;padding:var(--s2) var(--s4);z-index:9;min-height:var(--target);line-height:var(--target)}
.skip:focus{top:var(--s2)}
.lead{font-size:1.2em;color:var(--ink-soft);max-width:42em}
.soft{color:var(--ink-soft)}
.small{font-size:var(--small)}
.number{font-variant-numeric:tabular-nums}
.stack>*+*{margin-top:var(--s4)}
.row{display:flex;flex-wrap:wrap;gap:var(--s4);align-items:center}
.between{justify-content:space-between}
.grid{display:grid;gap:var(--s4);grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr))}
.columns{display:grid;gap:var(--s6)}
@media(min-width:60rem){.columns{grid-template-columns:minmax(0,1fr) 19rem;gap:var(--s8)}.columns>aside{position:sticky;top:var(--s5);align-self:start}html.elder .columns{grid-template-columns:1fr}}
hr{border:0;border-top:1px solid var(--line);margin:var(--s6) 0}
details{border-top:1px solid var(--line);padding:var(--s2) 0}
details:last-of-type{border-bottom:1px solid var(--line)}
summary{cursor:pointer;min-height:var(--target);display:flex;align-items:center;gap:var(--s3);color:var(--blue);font-weight:600}
summary::-webkit-details-marker{display:none}
summary::before{content:"";flex:none;width:.5em;height:.5em;border:solid;border-width:0 .15em .15em 0;transform:rotate(-45deg)}
details[open]>summary::before{transform:rotate(45deg)}
details>:not(summary){margin-left:1.4em;max-width:var(--measure)}
@media(prefers-reduced-motion:no-preference){.button,a,.entry,.card{transition:background-color .12s,border-color .12s,box-shadow .12s}}
`;
