"""The floor: the least a Streamlit page can do, one button that writes a text."""

from __future__ import annotations

import streamlit as st

pressed = st.session_state.get("pressed", 0)
if st.button("Press"):
    pressed += 1
    st.session_state["pressed"] = pressed
st.write(f"pressed {pressed} times")
