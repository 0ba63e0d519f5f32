class m::a($v='dflt') { notify { "m::a ${v}": } }
