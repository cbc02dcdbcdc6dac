#!/usr/bin/env python3
"""Writes Sources/CXML2/entity_names.inc: the characters of HTML's and ISO 8879's entity names, sorted by name.

    ops/entity-names.py > Sources/CXML2/entity_names.inc

HTML's 2,125 names come from Python's library and hold nearly all of ISO's; the others are below. Where both define a name, HTML's
character counts. Needed again only when a name is to be added.
"""
from html.entities import html5

# isogrk1 and isogrk2: each Greek letter with "gr"; "ac" is tonos, "di" dialytika.
GREEK = dict(
    A='Α', B='Β', G='Γ', D='Δ', E='Ε', Z='Ζ', EE='Η', TH='Θ', I='Ι', K='Κ', L='Λ', M='Μ', N='Ν', X='Ξ', O='Ο', P='Π', R='Ρ', S='Σ',
    T='Τ', U='Υ', PH='Φ', KH='Χ', PS='Ψ', OH='Ω', Aac='Ά', Eac='Έ', EEac='Ή', Iac='Ί', Oac='Ό', Uac='Ύ', OHac='Ώ', Idi='Ϊ', Udi='Ϋ')
# The rest of ISO's sets that HTML does not have, or has under another name.
OTHERS = dict(
    idiagr='ΐ', udiagr='ΰ', sfgr='ς', epsis='ϵ', phis='ϕ', thetas='θ', gcedil='ģ', ang90='∟', jnodot='ȷ', vprime='′', sbsol='﹨',
    darr2='⇊', uarr2='⇈', larr2='⇇', rarr2='⇉', lrarr2='⇆', rlarr2='⇄', lrhar2='⇋', rlhar2='⇌', dlarr='↙', drarr='↘',
    lpargt='⦠', cupre='≼', gsdot='⋗', ldot='⋖', samalg='∐')


def name_of(letter, small):
    return (letter.lower() if small else letter) + 'gr'


names = {name[:-1]: text for name, text in html5.items() if name.endswith(';')}
for letter, character in GREEK.items():
    names.setdefault(name_of(letter, False), character)
    names.setdefault(name_of(letter, True), character.lower())
# isogrk4: bold, which text does not tell.
for name in ('alpha beta gamma delta epsi epsiv zeta eta theta thetas thetav iota kappa kappav lambda mu nu xi pi piv rho rhov sigma '
             'sigmav tau upsi phi phis phiv chi psi omega gammad Gamma Delta Theta Lambda Xi Pi Sigma Upsi Phi Psi Omega Gammad').split():
    names.setdefault('b.' + name, names[name] if name in names else OTHERS[name])
for name, character in OTHERS.items():
    names.setdefault(name, character)
print('// Made by ops/entity-names.py.')
for name in sorted(names, key=lambda name: name.encode()):
    first, second = (list(map(ord, names[name])) + [0])[:2]
    print('{"%s", 0x%X, 0x%X},' % (name, first, second) if second else '{"%s", 0x%X, 0},' % (name, first))
