/** Paper: no chrome, black on white, addresses of outside links. */
export const print = `
@media print{.top,.nav,.search,.skip,.foot .links,.actions,.crumbs,.acting,.noprint{display:none!important}body{font-size:11pt}main{padding:0}.head{border-bottom:1pt solid #000}.foot{background:none;border-top:1pt solid #000}details>*{display:block}a{color:#000}.card,.licence,.summary>div,.timeline li{break-inside:avoid}}
@media(prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important;scroll-behavior:auto!important}}
@media(forced-colors:active){.button,.tag,.notice,.card{border:1px solid}.choice input:checked{forced-color-adjust:none}}
`;
