/** Page frame: top bar, masthead, navigation, footer, home's river. */
export const frame = `
.top{background:var(--blue-deep);color:var(--paper);font-size:var(--small)}
.top .wrap{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 var(--s5);align-items:center}
.top p{margin:0;padding:var(--s2) 0;line-height:1.5}@media(max-width:40rem){.top p{font-size:.875rem;padding:var(--s2) 0 0}}html.elder .top p,html.elder .brand .sub{font-size:1.125rem}
.top ul{display:flex;flex-wrap:wrap;gap:0 var(--s4);margin:0;padding:0;list-style:none}
.top li{margin:0}
.top a,.top button{color:var(--paper);display:inline-flex;align-items:center;min-height:var(--target);background:none;border:0;padding:0;font:inherit;text-decoration:underline;text-underline-offset:.22em;cursor:pointer}
.top a:hover,.top button:hover{text-decoration-thickness:.14em}
.top a:focus-visible{color:var(--focus-ink)}
.acting{background:var(--amber-tint);border-bottom:1px solid var(--amber);color:var(--ink)}
.acting .wrap{display:flex;flex-wrap:wrap;gap:0 var(--s4);align-items:center;justify-content:space-between;min-height:var(--target)}
.acting p{margin:0}
.head{border-bottom:1px solid var(--line)}
.head .wrap{display:flex;flex-wrap:wrap;align-items:center;gap:var(--s3) var(--s6);padding-top:var(--s4);padding-bottom:var(--s4)}
.brand{display:inline-flex;align-items:center;gap:var(--s3);color:var(--blue-deep);text-decoration:none;min-height:var(--target);margin-right:auto}
.brand:hover{color:var(--blue)}
.brand .mark{width:3rem;height:3rem;flex:none}
.brand .word{height:1.75rem;width:auto;display:block}
.brand span{display:block;line-height:1.25}
.brand .sub{font-size:.8125rem;color:var(--ink-soft);letter-spacing:.04em}
.brand .wordtext{font-weight:700;font-size:1.4rem}
.search{display:flex;flex:1 1 18rem;max-width:28rem}
.search input{flex:1;min-width:0;border-radius:var(--radius) 0 0 var(--radius);border-right:0}
.search .button{border-radius:0 var(--radius) var(--radius) 0;margin:0;flex:none}
.nav{border-bottom:1px solid var(--line);background:var(--paper)}
.nav ul{display:flex;flex-wrap:wrap;gap:0 var(--s6);list-style:none;margin:0;padding:0}
.nav li{margin:0}
.nav a{display:inline-flex;align-items:center;min-height:3.25rem;min-height:max(3.25rem,var(--target));color:var(--ink);text-decoration:none;border-bottom:3px solid transparent;border-top:3px solid transparent}
.nav a:hover{border-bottom-color:var(--line)}
.nav a[aria-current]{border-bottom-color:var(--blue);color:var(--blue);font-weight:600}
.crumbs{font-size:var(--small);margin:0 0 var(--s5)}
.crumbs ol{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:0 var(--s2)}
.crumbs li{margin:0;display:inline-flex;align-items:center;min-height:1.75rem}
.crumbs li+li::before{content:"/";color:var(--ink-soft);margin-right:var(--s2)}
.foot{background:var(--mist);border-top:4px solid var(--blue-deep);font-size:var(--small);line-height:1.75;padding:var(--s6) 0}
.foot a{display:inline-block;padding:.5rem 0;min-height:var(--target);color:var(--ink)}
.foot .links{display:flex;flex-wrap:wrap;gap:0 var(--s5);list-style:none;padding:0;margin:0 0 var(--s3)}
.foot .links li{margin:0}
.foot p{margin:0 0 var(--s1);color:var(--ink-soft)}
.foot .found{font-weight:650}
.hero{background:var(--blue-deep);color:var(--paper);position:relative;overflow:hidden;margin:calc(-1*var(--s6)) 0 0;padding:var(--s7) 0 6.5rem}
.hero .river{position:absolute;inset:0;width:100%;height:100%;pointer-events:none}
.hero .wrap{position:relative}
.hero h1{font-size:clamp(2rem,1.3rem + 3vw,3rem);margin-bottom:var(--s3);letter-spacing:.04em}
.hero p{font-size:1.1em;margin-bottom:var(--s5);color:#dbe8f5}
.hero .search{max-width:44rem}
.hero .search input,.hero .search .button{min-height:3.75rem;font-size:1.1em;border:0}
.hero .search .button{background:var(--focus);color:var(--focus-ink);padding:0 var(--s6)}
.hero .search .button:hover{background:var(--paper)}
.hero .often{margin:var(--s3) 0 0;font-size:var(--small)}
.hero .often a{color:var(--paper);display:inline-flex;align-items:center;min-height:var(--target);margin-right:var(--s4)}
.hero .often a:focus-visible{color:var(--focus-ink)}
.entries{display:grid;gap:var(--s4);grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));margin-top:-4rem;position:relative}
.entry{display:flex;gap:var(--s5);align-items:center;background:var(--paper);border:1px solid var(--line);border-bottom:4px solid var(--blue);border-radius:var(--radius);padding:var(--s5);color:var(--ink);text-decoration:none;min-height:8rem;box-shadow:0 6px 24px rgb(10 58 107/.10)}
.entry:hover{border-color:var(--blue);color:var(--ink)}
.entry svg{flex:none;width:3.5rem;height:3.5rem;color:var(--blue)}
.entry strong{display:block;font-size:1.35em;color:var(--blue-deep)}
`;
