package dev.latchkey.admin;

class KeyLifeOnH2Test extends KeyLifeContract {}
